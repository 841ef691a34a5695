using AutoDiff.Hvp;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <summary>f where some of its kinks meet: what it consists of there, and where exactly they meet.</summary>
internal sealed class KinkedPoint(Oracle oracle, Bounds? bounds, int denseLimit)
{
    private const int MostSelections = 1024, MostNamed = 4, MostSteps = 20;

    // Errors are measured by moving the point by its own, and this margin is put on them; the rest is rounding relative to sizes.
    private const double Margin = 10, Rounding = 1e-14;

    /// <summary>
    /// Goes from x to where the kinks within <paramref name="radius"/> meet and, along these, to where f is level: Newton steps for the
    /// Lagrangian of one selection under z = 0. Null if they do not lead to such a point nearby.
    /// </summary>
    public (double[] X, double Error)? Settle(ReadOnlySpan<double> x, double radius)
    {
        double[] point = x.ToArray(), trial = new double[x.Length];
        double farthest = 4 * Math.Sqrt(x.Length) * radius, rounding = 4 * ReductionRatio.UnitRoundOff * Vectors.Norm(x);
        double last = double.PositiveInfinity;
        Selection first = oracle.Selections(point, radius, 1).Selections[0];
        if (first.Objective is null)
            return null;
        for (int i = 0; i < MostSteps; i++)
        {
            if (Step(first, point) is not { } step)
                return null;
            double length = Vectors.Norm(step);
            if (length == 0 || length <= rounding || length >= 0.5 * last && last <= 1e3 * rounding)
                return (point, Math.Min(length, last));
            if (length >= 0.9 * last)
                return null;
            Vectors.Move(point, 1, step, trial);
            bounds?.Project(trial, trial);
            trial.CopyTo(point, 0);
            if (Vectors.Distance(point, x) > farthest)
                return null;
            last = length;
        }
        return null;
    }

    /// <summary>The pieces that meet at x.</summary>
    /// <param name="x">The point.</param>
    /// <param name="radius">Up to which distance kinks are taken for being there.</param>
    /// <param name="error">By how much the variables may be off.</param>
    /// <param name="random">For the directions in which errors are measured.</param>
    public PieceSet At(double[] x, double radius, double error, ref RandomStream random)
    {
        SelectionSet set = oracle.Selections(x, radius, MostSelections);
        double[] beside = new double[x.Length];
        random.FillSigns(beside);
        for (int i = 0; i < x.Length; i++)
            beside[i] = x[i] + beside[i] * (4 * ReductionRatio.UnitRoundOff * Math.Abs(x[i]) + error);
        List<Side> limits = [];
        for (int i = 0; i < x.Length && bounds is not null; i++)
        {
            if (x[i] <= bounds.Lower[i])
                limits.Add(new Side(Unit(x.Length, i, 1), null));
            if (x[i] >= bounds.Upper[i])
                limits.Add(new Side(Unit(x.Length, i, -1), null));
        }
        double size = set.Selections.Where(s => s.Objective is not null).Select(s => Vectors.Norm(s.Gradient)).DefaultIfEmpty().Max();
        List<Piece> pieces = [];
        List<string> obstacles = [];
        if (set.HasJump)
            obstacles.Add("f may jump there");
        if (set.HasSingularity)
            obstacles.Add("f is singular there");
        foreach (Selection selection in set.Selections)
        {
            if (selection.Objective is null)
            {
                obstacles.Add($"one piece throws ({selection.Failure?.GetType().Name})");
                continue;
            }
            Piece piece = ToPiece(selection, x, beside, size, limits);
            double noise = 1e3 * ReductionRatio.UnitRoundOff * Math.Max(Math.Abs(set.Value), Math.Abs(piece.Value))
                + 4 * size * (radius + error + ReductionRatio.UnitRoundOff * Vectors.Norm(x));
            if (!double.IsFinite(piece.Value) || !Vectors.AreFinite(piece.Gradient))
                obstacles.Add("one piece is not finite there");
            else if (Math.Abs(piece.Value - set.Value) > noise)
                obstacles.Add($"one piece differs by {piece.Value - set.Value:G3}, so that f jumps");
            else
                pieces.Add(piece);
        }
        return new PieceSet
        {
            X = x,
            Value = set.Value,
            Pieces = pieces,
            IsComplete = set.IsComplete,
            Obstacle = string.Join(", ", obstacles.Distinct()),
            Kinks = Name(set.Active),
            BoundNormals = [.. limits.Select(side => side.Gradient)],
        };
    }

    /// <summary>Kinks in words.</summary>
    public static string Name(IReadOnlyList<Kink> kinks) =>
        string.Join("; ", kinks.Take(MostNamed).Select(kink => kink.ToString()))
        + (kinks.Count > MostNamed ? $"; and {kinks.Count - MostNamed} more" : "");

    private Piece ToPiece(Selection selection, double[] x, double[] beside, double size, List<Side> limits)
    {
        Objective f = selection.Objective!;
        double[] gradient = selection.Gradient.ToArray(), there = new double[x.Length];
        oracle.Meter.Charge(gradients: 2);
        f.Gradient(beside, there);
        double error = Margin * Vectors.Distance(gradient, there) + Rounding * (size + Vectors.Norm(gradient));
        Lazy<double[,]> hessian = new(() => Form(f, x));
        List<Side> sides = [.. limits];
        foreach (SelectedKink kink in selection.Kinks)
        {
            oracle.Meter.Charge(gradients: 2);
            kink.Argument.Gradient(beside, there);
            double sideError = Vectors.Distance(kink.Gradient, there);
            Lazy<double[,]> bend = new(() => Form(kink.Argument, x));
            if (!kink.Sides.HasFlag(Sides.Negative))
                sides.Add(new Side(kink.Gradient.ToArray(), kink.IsAffine ? null : () => bend.Value, sideError));
            if (!kink.Sides.HasFlag(Sides.Positive))
                sides.Add(new Side(Opposite(kink.Gradient), kink.IsAffine ? null : () => Opposite(bend.Value), sideError));
        }
        return new Piece(selection.Value, gradient, () => hessian.Value, sides, error, () => Noise(f, x, beside, hessian.Value));
    }

    private double[,] Form(Objective f, double[] x)
    {
        if (x.Length > denseLimit)
            return new double[,] { { double.NaN } };
        oracle.Check();
        oracle.Meter.Charge(products: x.Length);
        using LocalModel model = f.At(x);
        return model.Hessian.ToDense();
    }

    // As HessianNoise has it, by one product: with the alternating signs of a vector that no unit of the variables stands for.
    private double Noise(Objective f, double[] x, double[] beside, double[,] hessian)
    {
        oracle.Meter.Charge(products: 1);
        double[] w = new double[x.Length], product = new double[x.Length];
        for (int i = 0; i < w.Length; i++)
            w[i] = (i % 2 == 0 ? 1 : -1) * (0.75 + 0.5 * ((i * 7) % 11) / 11);
        using LocalModel model = f.At(beside);
        model.Hessian.Apply(w, product);
        for (int i = 0; i < w.Length; i++)
        {
            for (int j = 0; j < w.Length; j++)
                product[i] -= hessian[i, j] * w[j];
        }
        return Margin * Vectors.Norm(product);
    }

    // Normal part: the shortest way to z = 0. Tangential part: Newton's for the Lagrangian on what is left, where it is not level already.
    private double[]? Step(Selection selection, double[] x)
    {
        int n = x.Length;
        double[] gradient = new double[n], normal = new double[n];
        oracle.Check();
        oracle.Meter.Charge(gradients: 1 + selection.Kinks.Count);
        selection.Objective!.Gradient(x, gradient);
        List<double[]> rows = [];
        List<double> targets = [], lengths = [];
        List<SelectedKink?> owners = [];
        foreach (SelectedKink kink in selection.Kinks)
        {
            double z = kink.Argument.Gradient(x, normal), length = Vectors.Norm(normal);
            if (!double.IsFinite(z) || !Vectors.AreFinite(normal))
                return null;
            // A flat argument, as xy at the origin, has its zero set without a normal.
            if (!(length > 0) || z == 0 && length <= 1e-12)
                continue;
            Vectors.Scale(1 / length, normal, normal);
            rows.Add([.. normal]);
            targets.Add(-z / length);
            lengths.Add(length);
            owners.Add(kink);
        }
        for (int i = 0; i < n && bounds is not null; i++)
        {
            if (x[i] > bounds.Lower[i] && x[i] < bounds.Upper[i])
                continue;
            rows.Add(Unit(n, i, 1));
            targets.Add(0);
            lengths.Add(1);
            owners.Add(null);
        }
        RowSpace span = new(rows, n);
        double[] step = span.Solve([.. targets]);
        double[][] free = span.Complement();
        if (free.Length == 0 || n > denseLimit)
            return step;
        double[] level = [.. free.Select(v => Vectors.Dot(v, gradient))];
        if (Vectors.Norm(level) <= Rounding * Vectors.Norm(gradient))
            return step;
        double[,] lagrangian = Form(selection.Objective, x);
        double[] multipliers = span.Fit(gradient);
        for (int k = 0; k < rows.Count; k++)
        {
            if (multipliers[k] == 0 || owners[k] is not { IsAffine: false } owner)
                continue;
            double[,] bend = Form(owner.Argument, x);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                    lagrangian[i, j] -= multipliers[k] / lengths[k] * bend[i, j];
            }
        }
        foreach (double element in lagrangian)
        {
            if (!double.IsFinite(element))
                return null;
        }
        double[,] mixed = Copositivity.Form(lagrangian, free, [step]);
        for (int i = 0; i < level.Length; i++)
            level[i] += mixed[i, 0];
        DenseCurvature form = new(Copositivity.Form(lagrangian, free, free));
        double[] tangential = new double[level.Length];
        form.ApplyPseudoInverse(level, 1e-10 * form.Norm, tangential);
        Vectors.AddScaled(-1, Copositivity.Combine(free, tangential, n), step);
        return step;
    }

    private static double[] Unit(int length, int index, double value)
    {
        double[] unit = new double[length];
        unit[index] = value;
        return unit;
    }

    private static double[] Opposite(ReadOnlySpan<double> v)
    {
        double[] opposite = new double[v.Length];
        Vectors.Negate(v, opposite);
        return opposite;
    }

    private static double[,] Opposite(double[,] matrix)
    {
        double[,] opposite = new double[matrix.GetLength(0), matrix.GetLength(1)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
                opposite[i, j] = -matrix[i, j];
        }
        return opposite;
    }
}
