using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Symmetries;

/// <summary>Looks at random points whether the gradient, which does not vanish there, has a part along tangents. For an analytic f that it
/// has none at one such point makes all but certain that it never has.</summary>
/// <remarks>Along a tangent t of a symmetry the terms gᵢtᵢ cancel to rounding. That their sum is small beside ‖g‖ says less: beside a
/// critical point of high order a derivative may be small for its own reasons.</remarks>
internal sealed class InvarianceCheck
{
    // What may be left of Σ|gᵢtᵢ| along a declared tangent, and along one that is only tried.
    private const double Declared = 1e-6, Detected = 1e-12;

    // A tangent below this has no direction.
    private const double Zero = 1e-7;

    // How far the random points lie, as parts of x.
    private static readonly double[] s_distances = [1, 1.0 / 8, 1.0 / 64, 1.0 / 1024];

    private readonly List<(double[] Point, double[] Gradient, double Rounding)> _samples = [];

    /// <summary>As many gradients as there are distances.</summary>
    /// <param name="oracle">Counts the gradients; the points are never taken for the best.</param>
    /// <param name="x">The point.</param>
    /// <param name="gradient">∇f(x).</param>
    /// <param name="random">Where the points are drawn from.</param>
    /// <returns>Null if f and its gradient are finite at none of the points.</returns>
    public static InvarianceCheck? Around(Oracle oracle, ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, RandomStream random)
    {
        InvarianceCheck check = new();
        double[] direction = new double[x.Length];
        double size = Vectors.Norm(x);
        foreach (double distance in s_distances)
        {
            double step = distance * (size > 0 ? size : 1);
            double[] point = new double[x.Length], there = new double[x.Length];
            random.FillNormal(direction);
            Vectors.Move(x, step / Vectors.Norm(direction), direction, point);
            double value = oracle.BatchGradient(oracle.Objective, point, there);
            if (!double.IsFinite(value) || !Vectors.AreFinite(there))
                continue;
            double slope = Vectors.Distance(there, gradient) / step;
            check._samples.Add((point, there, 100 * ReductionRatio.UnitRoundOff * slope * size));
        }
        return check._samples.Count == 0 ? null : check;
    }

    /// <summary>At a point whose gradient is at hand: enough to rule motions out.</summary>
    public static InvarianceCheck At(double[] x, double[] gradient)
    {
        InvarianceCheck check = new();
        check._samples.Add((x, gradient, 0));
        return check;
    }

    /// <summary>Whether f seems invariant under the motions of a symmetry that nobody declared, which has to move something.</summary>
    public bool Admits(Symmetry symmetry)
    {
        bool moves = false;
        foreach ((double[] point, double[] gradient, _) in _samples)
        {
            List<double[]> tangents = [];
            symmetry.AddTangents(point, tangents);
            foreach (double[] tangent in tangents)
            {
                (double slope, double terms) = Along(tangent, gradient);
                if (!(slope <= Detected * terms))
                    return false;
                moves |= terms > 0;
            }
        }
        return moves;
    }

    /// <summary>Throws if f varies along the motions of a declared symmetry.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    public void Require(Symmetry symmetry)
    {
        foreach ((double[] point, double[] gradient, double rounding) in _samples)
        {
            List<double[]> tangents = [];
            symmetry.AddTangents(point, tangents);
            for (int i = 0; i < tangents.Count; i++)
            {
                (double slope, double terms) = Along(tangents[i], gradient);
                if (slope > Declared * terms + rounding)
                    Refuse(symmetry, i, tangents.Count, slope, Vectors.Norm(gradient));
            }
        }
    }

    /// <summary>The same at a point whose gradient is at hand, where it is large enough to tell.</summary>
    /// <exception cref="ArgumentException">f varies along the symmetry.</exception>
    public static void RequireAt(Symmetry symmetry, ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, double value)
    {
        List<double[]> tangents = [];
        symmetry.AddTangents(x, tangents);
        // Beside a critical point the gradient is what rounding leaves, along the tangents too.
        double norm = Vectors.Norm(gradient),
            least = Math.Sqrt(ReductionRatio.UnitRoundOff) * (1 + Math.Abs(value) / Math.Max(double.Epsilon, Vectors.Norm(x)));
        for (int i = 0; i < tangents.Count && norm > least; i++)
        {
            (double slope, _) = Along(tangents[i], gradient);
            if (slope > 1e-3 * norm)
                Refuse(symmetry, i, tangents.Count, slope, norm);
        }
    }

    private static void Refuse(Symmetry symmetry, int index, int count, double slope, double norm) => throw new ArgumentException(
        $"f is not invariant under the {symmetry.Name} that are declared as its symmetry: along tangent {index} of {count} its derivative is {slope:G4}, where ‖∇f‖ = {norm:G4}. Declare only motions that leave f as it is (Symmetry), or none.");

    // |gᵀt| and Σ|gᵢtᵢ| for a tangent of length one; zeros for one that has no direction.
    private static (double Slope, double Terms) Along(double[] tangent, ReadOnlySpan<double> gradient)
    {
        double length = Vectors.Norm(tangent), sum = 0, terms = 0;
        if (length <= Zero)
            return (0, 0);
        for (int i = 0; i < tangent.Length; i++)
        {
            double term = tangent[i] / length * gradient[i];
            sum += term;
            terms += Math.Abs(term);
        }
        return (Math.Abs(sum), terms);
    }
}
