using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints.Pieces;

/// <summary>
/// Whether a piece p rises from a point wherever it is f: whether the point is a strict local minimum of p under cᵢ(x) ≥ 0, which hold
/// with equality there.
/// </summary>
/// <remarks>
/// <para>It is if there are multipliers μ ≥ 0 with ∇p = Σ μᵢ∇cᵢ, and ∇²p − Σ μᵢ∇²cᵢ is positive along all d ≠ 0 with ∇cᵢᵀd ≥ 0 and
/// ∇pᵀd = 0 (the sufficient conditions of second order; J. Nocedal, S. J. Wright, Numerical Optimization, 2006, theorem 12.6, which needs
/// no constraint qualification). If no d is left, the slopes alone decide. The lemma of Farkas gives the multipliers or a direction that
/// falls. Where they are not unique those are looked for that make the least eigenvalue largest, a concave function of them.</para>
/// <para>Multipliers of maxima are the weights of a convex combination: of max p, q the piece p lies where p − q ≥ 0, and p − μ(p − q) =
/// (1 − μ)p + μq.</para>
/// </remarks>
internal sealed partial class PieceTest
{
    // A multiplier below this part of the gradients' size holds nothing.
    private const double LeastMultiplier = 1e-9;

    // Nor one that curvature outweighs at this part of the point's size, or of 1: terms of f that cancel leave as much. Without those a
    // side counts as open, which claims less.
    private const double LeastReach = 1e-14;

    // Of unit vectors: a combination is reached if it is missed by no more.
    private const double Reached = 1e-11;

    private const int MostSearches = 40, MostTrials = 60;

    private readonly Piece _piece;
    private readonly int _n;
    private readonly double _scale, _size;
    private readonly List<Side> _tilted = [], _flat = [];
    private readonly List<double[]> _normals = [];

    private PieceTest(Piece piece, double scale, double size)
    {
        (_piece, _n, _scale, _size) = (piece, piece.Gradient.Length, scale, Math.Max(1, size));
        foreach (Side side in piece.Sides)
        {
            double norm = Vectors.Norm(side.Gradient);
            if (norm > 10 * side.GradientError)
            {
                double[] normal = new double[_n];
                Vectors.Scale(1 / norm, side.Gradient, normal);
                _tilted.Add(side);
                _normals.Add(normal);
            }
            else if (side.Hessian is not null)
                _flat.Add(side);
        }
    }

    /// <summary>Examines one piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="scale">The size of the pieces' gradients at the point.</param>
    /// <param name="size">The size of the point.</param>
    public static PieceOutcome Of(Piece piece, double scale, double size) => new PieceTest(piece, scale, size).Decide();

    private PieceOutcome Decide()
    {
        if (!Vectors.AreFinite(_piece.Gradient))
            return PieceOutcome.Unknown;
        NonnegativeLeastSquares multipliers = new(_normals, _piece.Gradient);
        double left = Vectors.Norm(multipliers.Residual), error = _piece.GradientError;
        if (left > error)
        {
            double[] d = new double[_n];
            Vectors.Scale(-1 / left, multipliers.Residual, d);
            return new PieceOutcome(false, true, [new FallingCurve(d, [], -left, 0)]);
        }
        bool[] isHeld = Held(multipliers.X, LeastHolding(error));
        List<int> held = [.. Enumerable.Range(0, _normals.Count).Where(i => isHeld[i])];
        RowSpace span = new([.. held.Select(i => _normals[i])], _n);
        double[][] kept = span.Complement();
        if (kept.Length == 0)
            return new PieceOutcome(true, true, []);
        return SecondOrder(multipliers.X, isHeld, held, kept, error);
    }

    private double LeastHolding(double error) => Math.Max(10 * error, Math.Max(LeastMultiplier * _scale, LeastReach * _size * Bend()));

    // A bound on ‖∇²p‖; 0 where it is not formed.
    private double Bend()
    {
        double[,] h = _piece.Hessian();
        double largest = 0;
        for (int i = 0; i < h.GetLength(0); i++)
        {
            double row = 0;
            for (int j = 0; j < h.GetLength(1); j++)
                row += Math.Abs(h[i, j]);
            largest = Math.Max(largest, double.IsFinite(row) ? row : 0);
        }
        return largest;
    }

    // The sides that nothing can leave along which p is level: those with multipliers, and those opposite to a combination of the others
    // and of −∇p.
    private bool[] Held(double[] multipliers, double least)
    {
        bool[] isHeld = [.. multipliers.Select(m => m > least)];
        double slope = Vectors.Norm(_piece.Gradient);
        double[] opposite = new double[_n];
        for (int i = 0; i < isHeld.Length; i++)
        {
            if (isHeld[i])
                continue;
            List<double[]> columns = [.. _normals.Where((_, j) => j != i)];
            if (slope > least)
            {
                double[] fall = new double[_n];
                Vectors.Scale(-1 / slope, _piece.Gradient, fall);
                columns.Add(fall);
            }
            Vectors.Negate(_normals[i], opposite);
            NonnegativeLeastSquares combination = new(columns, opposite);
            isHeld[i] = Vectors.Norm(combination.Residual) <= Reached && combination.X.Max() * least <= Math.Max(slope, least);
        }
        return isHeld;
    }

    private PieceOutcome SecondOrder(double[] multipliers, bool[] isHeld, List<int> held, double[][] kept, double error)
    {
        double[,] hessian = _piece.Hessian();
        if (!AreFinite(hessian) || !_piece.Sides.All(side => side.Hessian is null || AreFinite(side.Hessian())))
            return PieceOutcome.Unknown;
        DenseCurvature whole = new(hessian);
        // What may have a multiplier: the sides that hold, and the flat ones.
        List<(Side Side, double[] Normal, double Unit)> bound = [];
        List<double> mu = [];
        foreach (int i in held)
        {
            bound.Add((_tilted[i], _normals[i], 1 / Vectors.Norm(_tilted[i].Gradient)));
            mu.Add(multipliers[i]);
        }
        foreach (Side side in _flat)
        {
            double size = new DenseSymmetric(side.Hessian!()).Norm;
            if (!(size > 0))
                continue;
            bound.Add((side, new double[_n], 1 / size));
            mu.Add(0);
        }
        double[,] form = Copositivity.Form(hessian, kept, kept);
        double[][,] bends = new double[bound.Count][,];
        double sizes = 0;
        for (int i = 0; i < bound.Count; i++)
        {
            (Side side, _, double unit) = bound[i];
            bends[i] = side.Hessian is null ? new double[kept.Length, kept.Length] : Copositivity.Form(side.Hessian(), kept, kept);
            Multiply(bends[i], unit);
        }
        double[] weights = Best(form, bends, [.. bound.Select(b => b.Normal)], [.. mu], whole, error);
        double[,] lagrangian = Combined(form, bends, weights);
        for (int i = 0; i < bound.Count; i++)
            sizes += weights[i] * Norm(bends[i]);
        double tolerance = whole.Error + _piece.HessianError() + 1e-13 * _n * sizes;
        List<double[]> open = [];
        for (int i = 0; i < isHeld.Length; i++)
        {
            if (isHeld[i])
                continue;
            double[] row = [.. kept.Select(v => Vectors.Dot(v, _normals[i]))];
            double norm = Vectors.Norm(row);
            if (!(norm > RowSpace.Dependent))
                continue;
            Vectors.Scale(1 / norm, row, row);
            open.Add(row);
        }
        bool? rises = Copositivity.Decide(lagrangian, open, tolerance, out double[] y);
        if (rises == true)
            return new PieceOutcome(true, false, []);
        int tilted = held.Count;
        double[] withoutFlat = [.. weights.Select((w, i) => i < tilted ? w : 0)];
        double[][,] flat = bends[tilted..];
        List<double[]> directions = y.Length > 0 ? [y] : [];
        directions.AddRange(Negative(lagrangian, tolerance, flat));
        return new PieceOutcome(false, false, Curves(Combined(form, bends, withoutFlat), flat, kept, open, directions, isHeld));
    }

    // Eigenvectors of the form, with both signs. Where flat sides have multipliers the lowest ones are several, and those combinations of
    // them fall along which a flat side is level.
    private static List<double[]> Negative(double[,] form, double tolerance, double[][,] flat)
    {
        int p = form.GetLength(0);
        List<double[]> directions = [], lowest = [];
        DenseSymmetric eigen = new(form);
        for (int k = 0; k < p && eigen.Values[k] < -tolerance; k++)
        {
            double[] v = new double[p];
            eigen.CopyVector(k, v);
            AddBoth(v);
            if (eigen.Values[k] <= eigen.Values[0] + 1e-3 * eigen.Norm)
                lowest.Add(v);
        }
        foreach (double[,] side in flat)
        {
            DenseSymmetric level = new(Copositivity.Form(side, lowest, lowest));
            if (lowest.Count < 2 || !(level.Values[0] < 0) || !(level.Values[^1] > 0))
                continue;
            double[] down = new double[lowest.Count], up = new double[lowest.Count];
            level.CopyVector(0, down);
            level.CopyVector(lowest.Count - 1, up);
            foreach (int sign in (int[])[1, -1])
            {
                double[] mix = new double[lowest.Count];
                Vectors.AddScaled(Math.Sqrt(level.Values[^1]), down, mix);
                Vectors.AddScaled(sign * Math.Sqrt(-level.Values[0]), up, mix);
                Vectors.Scale(1 / Vectors.Norm(mix), mix, mix);
                AddBoth(Copositivity.Combine(lowest, mix, p));
            }
        }
        return directions;

        void AddBoth(double[] v)
        {
            double[] opposite = new double[p];
            Vectors.Negate(v, opposite);
            directions.AddRange([v, opposite]);
        }
    }

    // Bent so that the kinks which d runs along stay kinks.
    private List<FallingCurve> Curves(
        double[,] form, double[][,] flat, double[][] kept, List<double[]> open, List<double[]> directions, bool[] isHeld)
    {
        List<FallingCurve> curves = [];
        foreach (double[] y in directions)
        {
            double curvature = Quadratic(form, y);
            bool leaves = open.Exists(row => Vectors.Dot(row, y) < -1e-9)
                || Array.Exists(flat, side => Quadratic(side, y) < -1e-6 * Norm(side));
            if (!(curvature < 0) || leaves)
                continue;
            double[] d = Copositivity.Combine(kept, y, _n);
            curves.Add(new FallingCurve(d, Bent(d, isHeld), 0, curvature));
        }
        return curves;
    }

    private double[] Bent(double[] d, bool[] isHeld)
    {
        List<double[]> rows = [];
        List<double> targets = [];
        for (int i = 0; i < _normals.Count; i++)
        {
            if (!isHeld[i] && Math.Abs(Vectors.Dot(_normals[i], d)) > 1e-7)
                continue;
            rows.Add(_normals[i]);
            targets.Add(_tilted[i].Hessian is { } bend ? -Quadratic(bend(), d) / Vectors.Norm(_tilted[i].Gradient) : 0);
        }
        return targets.TrueForAll(t => t == 0) ? [] : new RowSpace(rows, _n).Solve([.. targets]);
    }

    private static double[,] Combined(double[,] form, double[][,] bends, double[] weights)
    {
        double[,] sum = (double[,])form.Clone();
        int p = sum.GetLength(0);
        for (int k = 0; k < bends.Length; k++)
        {
            if (weights[k] == 0)
                continue;
            for (int i = 0; i < p; i++)
            {
                for (int j = 0; j < p; j++)
                    sum[i, j] -= weights[k] * bends[k][i, j];
            }
        }
        return sum;
    }

    private static void Multiply(double[,] matrix, double factor)
    {
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
                matrix[i, j] *= factor;
        }
    }

    private static bool AreFinite(double[,] matrix)
    {
        foreach (double element in matrix)
        {
            if (!double.IsFinite(element))
                return false;
        }
        return true;
    }

    private static double Norm(double[,] matrix)
    {
        double sum = 0;
        foreach (double element in matrix)
            sum = double.Hypot(sum, element);
        return sum;
    }

    private static double Quadratic(double[,] matrix, double[] v)
    {
        double sum = 0;
        for (int i = 0; i < v.Length; i++)
        {
            for (int j = 0; j < v.Length; j++)
                sum += matrix[i, j] * v[i] * v[j];
        }
        return sum;
    }
}
