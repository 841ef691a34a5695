using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The third and fourth derivatives of f at a point with all places but one taken by a direction n.</summary>
/// <param name="Third">f³[n, n, ·].</param>
/// <param name="Fourth">f⁴[n, n, n, ·]; empty if only the third were asked for.</param>
internal sealed record LineJet(double[] Third, double[] Fourth)
{
    /// <summary>C = f³[n, n, n].</summary>
    public double Cubic(ReadOnlySpan<double> n) => Vectors.Dot(Third, n);

    /// <summary>f⁴[n, n, n, n].</summary>
    public double Quartic(ReadOnlySpan<double> n) => Vectors.Dot(Fourth, n);
}
