using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Symmetries;

/// <summary>Looks at a random point nearby, where the gradient does not vanish, whether it has a part along tangents there. For an analytic f that it has none at
/// one such point makes all but certain that it never has.</summary>
internal sealed class InvarianceCheck
{
    // How far the random point lies, as a part of x; less where f is not finite there.
    private const double Distance = 1e-3, Nearer = 1.0 / 32;
    private const int MostTrials = 4;

    // What part of the gradient may lie along a declared tangent, and along one that is only tried.
    private const double Declared = 1e-6, Detected = 1e-10;

    // A tangent below this has no direction.
    private const double Zero = 1e-7;

    private readonly double[] _point, _gradient;
    private readonly double _norm, _rounding;

    private InvarianceCheck(double[] point, double[] gradient, double rounding) =>
        (_point, _gradient, _norm, _rounding) = (point, gradient, Vectors.Norm(gradient), rounding);

    /// <summary>One gradient, mostly; null if f and its gradient are not finite nearby.</summary>
    /// <param name="oracle">Counts the gradient; the point is never taken for the best.</param>
    /// <param name="x">The point.</param>
    /// <param name="gradient">∇f(x).</param>
    /// <param name="random">Where the point beside is drawn from.</param>
    public static InvarianceCheck? Beside(Oracle oracle, ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, RandomStream random)
    {
        double[] direction = new double[x.Length], point = new double[x.Length], there = new double[x.Length];
        random.FillNormal(direction);
        double size = Vectors.Norm(x), distance = Distance * (size > 0 ? size : 1);
        Vectors.Scale(1 / Vectors.Norm(direction), direction, direction);
        for (int trial = 0; trial < MostTrials; trial++, distance *= Nearer)
        {
            Vectors.Move(x, distance, direction, point);
            double value = oracle.BatchGradient(oracle.Objective, point, there);
            if (!double.IsFinite(value) || !Vectors.AreFinite(there))
                continue;
            double slope = Vectors.Distance(there, gradient) / distance;
            return new InvarianceCheck(point, there, 100 * ReductionRatio.UnitRoundOff * slope * size);
        }
        return null;
    }

    /// <summary>Whether f seems invariant under the motions of a symmetry that nobody declared, which has to move something.</summary>
    public bool Admits(Symmetry symmetry)
    {
        List<double[]> tangents = [];
        symmetry.AddTangents(_point, tangents);
        return _norm > 0 && tangents.Exists(t => Vectors.Norm(t) > Zero) && tangents.TrueForAll(t => Slope(t) <= Detected * _norm + _rounding);
    }

    /// <summary>Throws if f varies along the motions of a declared symmetry.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    public void Require(Symmetry symmetry)
    {
        List<double[]> tangents = [];
        symmetry.AddTangents(_point, tangents);
        for (int i = 0; i < tangents.Count; i++)
        {
            double slope = Slope(tangents[i]);
            if (slope > Declared * _norm + _rounding)
                Refuse(symmetry, i, tangents.Count, slope, _norm);
        }
    }

    /// <summary>The same at a point whose gradient is at hand, where it is large enough to tell.</summary>
    /// <exception cref="ArgumentException">f varies along the symmetry.</exception>
    public static void RequireAt(Symmetry symmetry, ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, double value)
    {
        List<double[]> tangents = [];
        symmetry.AddTangents(x, tangents);
        // Beside a critical point the gradient is what rounding leaves, along the tangents too.
        double norm = Vectors.Norm(gradient), least = Math.Sqrt(ReductionRatio.UnitRoundOff) * (1 + Math.Abs(value) / Math.Max(double.Epsilon, Vectors.Norm(x)));
        for (int i = 0; i < tangents.Count && norm > least; i++)
        {
            double slope = new InvarianceCheck([], gradient.ToArray(), 0).Slope(tangents[i]);
            if (slope > 1e-3 * norm)
                Refuse(symmetry, i, tangents.Count, slope, norm);
        }
    }

    private static void Refuse(Symmetry symmetry, int index, int count, double slope, double norm) => throw new ArgumentException(
        $"f is not invariant under the {symmetry.Name} that are declared as its symmetry: along tangent {index} of {count} its derivative is {slope:G4}, where ‖∇f‖ = {norm:G4}. Declare only motions that leave f as it is (Symmetry), or none.");

    private double Slope(double[] tangent) => Vectors.Norm(tangent) is var length && length > Zero ? Math.Abs(Vectors.Dot(tangent, _gradient)) / length : 0;
}
