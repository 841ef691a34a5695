using System.Runtime.Intrinsics;

namespace AutoDiff.Kernels;

/// <content>Logarithm of the normal distribution function and its derivative, both through erfcx below zero.</content>
internal static partial class SpecialFunctions
{
    private const double SqrtHalf = 0.7071067811865476;

    /// <summary>log Φ(x): −x²/2 + log(½ erfcx(−x/√2)) in the lower tail, log(1 − Φ(−x)) above zero.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static double LogNormalCdf(double x)
    {
        if (x < -SqrtHalf)
            return Math.Log(0.5 * ScaledNormalTail(-x)) - 0.5 * x * x;
        return x < 0 ? Math.Log(NormalCdf(x)) : LogP1(-NormalCdf(-x));
    }

    /// <summary>φ(x)/Φ(x) = d/dx log Φ(x), which tends to −x for x → −∞ and to 0 for x → ∞ (the inverse Mills ratio of −x).</summary>
    /// <remarks>Worst error: 3 ulp.</remarks>
    internal static double InverseMillsRatio(double x)
    {
        const double sqrtTwoOverPi = 0.7978845608028654, inverseSqrtTwoPi = 0.3989422804014327;
        return x < 0
            ? sqrtTwoOverPi / ScaledNormalTail(-x)
            : inverseSqrtTwoPi * Gaussian(x) / NormalCdf(x);
    }

    /// <inheritdoc cref="Vectorized.ScaledNormalTail"/>
    private static double ScaledNormalTail(double x) => Vectorized.ScaledNormalTail(Vector512.Create(x)).ToScalar();

    /// <summary>e^−x²/2, the square in two parts.</summary>
    private static double Gaussian(double x)
    {
        x = Math.Min(x, 40);
        double square = 0.5 * x * x;
        double rest = Math.FusedMultiplyAdd(0.5 * x, x, -square);
        return Math.FusedMultiplyAdd(-rest, Math.Exp(-square), Math.Exp(-square));
    }
}
