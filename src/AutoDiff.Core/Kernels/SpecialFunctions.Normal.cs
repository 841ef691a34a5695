using System.Runtime.Intrinsics;

namespace AutoDiff.Kernels;

/// <content>Logarithm of the normal distribution function and its derivative.</content>
internal static partial class SpecialFunctions
{
    /// <inheritdoc cref="Vectorized.LogNormalCdf"/>
    internal static double LogNormalCdf(double x) => Vectorized.LogNormalCdf(Vector512.Create(x)).ToScalar();

    /// <inheritdoc cref="Vectorized.InverseMillsRatio"/>
    internal static double InverseMillsRatio(double x) => Vectorized.InverseMillsRatio(Vector512.Create(x)).ToScalar();
}
