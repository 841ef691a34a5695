using System.Runtime.Intrinsics;

namespace AutoDiff.Kernels;

/// <content>The logarithm of the gamma function.</content>
internal static partial class SpecialFunctions
{
    /// <inheritdoc cref="Vectorized2.LogGamma"/>
    internal static double LogGamma(double x) => Vectorized2.LogGamma(Vector128.Create(x)).ToScalar();

    /// <summary>log |Γ(x)| for x ≤ 0: Γ(x) = Γ(x + n) / (x(x + 1)…(x + n − 1)) while the product is short, else Γ(x)Γ(−x) = −π / (x sin πx)
    /// (Abramowitz, Stegun 6.1.17).</summary>
    internal static double LogGammaOfNegative(double x)
    {
        const double logPi = 1.1447298858494002;
        double distance = x - Math.Round(x);
        if (distance == 0 || double.IsNegativeInfinity(x))
            return double.PositiveInfinity;
        if (x > -10)
        {
            double product = x;
            for (x++; x < 0.5; x++)
                product *= x;
            return LogGamma(x) - Math.Log(Math.Abs(product));
        }

        return logPi - Math.Log(Math.Abs(x * Math.Sin(Math.PI * distance))) - LogGamma(-x);
    }
}
