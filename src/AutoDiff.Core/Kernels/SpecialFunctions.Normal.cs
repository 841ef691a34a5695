using AutoDiff.Engine;

namespace AutoDiff.Kernels;

/// <content>Logarithm of the normal distribution function and its derivative.</content>
internal static partial class SpecialFunctions
{
    /// <inheritdoc cref="Vectorized{L}.LogNormalCdf"/>
    internal static double LogNormalCdf(double x) => Vectorized<Lanes2>.LogNormalCdf(Lanes2.Constant(x))[0];

    /// <inheritdoc cref="Vectorized{L}.InverseMillsRatio"/>
    internal static double InverseMillsRatio(double x) => Vectorized<Lanes2>.InverseMillsRatio(Lanes2.Constant(x))[0];
}
