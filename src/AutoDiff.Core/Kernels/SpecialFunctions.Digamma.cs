using System.Runtime.Intrinsics;

namespace AutoDiff.Kernels;

/// <content>The logarithmic derivative of the gamma function.</content>
internal static partial class SpecialFunctions
{
    /// <inheritdoc cref="Vectorized2.Digamma"/>
    internal static double Digamma(double x) => Vectorized2.Digamma(Vector128.Create(x)).ToScalar();

    /// <summary>ψ(x) for x ≤ 0: ψ(1 − x) − π cot πx, the cotangent of the exact distance to the nearest pole (Abramowitz, Stegun
    /// 6.3.7).</summary>
    internal static double DigammaOfNegative(double x)
    {
        if (x == 0)
            return -1 / x;
        double distance = x - Math.Round(x);
        if (distance == 0 || double.IsNegativeInfinity(x))
            return double.NaN;
        double angle = Math.PI * distance;
        return Digamma(1 - x) - Math.PI * (Math.Cos(angle) / Math.Sin(angle));
    }
}
