using System.Runtime.Intrinsics;

namespace AutoDiff.Kernels;

/// <content>Logarithm of the normal distribution function and its derivative.</content>
internal static partial class SpecialFunctions
{
    /// <summary>1/√(2π).</summary>
    internal const double InverseSqrtTwoPi = 0.398942280401432677940;

    /// <summary>From here on e^(−x²/2) is 0, and x² must not overflow.</summary>
    internal const double GaussianVanished = 100;

    /// <inheritdoc cref="Vectorized2.LogNormalCdf"/>
    internal static double LogNormalCdf(double x) => Vectorized2.LogNormalCdf(Vector128.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized2.InverseMillsRatio"/>
    internal static double InverseMillsRatio(double x) => Vectorized2.InverseMillsRatio(Vector128.Create(x)).ToScalar();
}
