using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>Logarithm of the normal distribution function and its derivative, both through erfcx in the lower tail.</content>
internal static partial class Vectorized8
{
    /// <summary>log Φ(x): −x²/2 + log(½ erfcx(−x/√2)) in the lower tail, log(1 − Φ(−x)) above zero.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector512<double> LogNormalCdf(Vector512<double> x)
    {
        Vector512<double> lower = LessThan(x, Create(-SqrtHalf));
        Vector512<double> y = Vector512<double>.Zero;
        if (!EqualsAll(lower.AsInt64(), Vector512<long>.AllBitsSet))
        {
            Vector512<double> probability = NormalCdf(-Abs(x));
            y = ConditionalSelect(LessThan(x, Vector512<double>.Zero), Log(probability), LogP1(-probability));
        }

        if (EqualsAll(lower.AsInt64(), Vector512<long>.Zero))
            return y;
        (Vector512<double> high, Vector512<double> low) = ScaledNormalTail(Abs(x));
        return ConditionalSelect(lower, Log((high + low) * 0.5) - x * 0.5 * x, y);
    }

    /// <summary>φ(x)/Φ(x) = d/dx log Φ(x), which tends to −x for x → −∞ and to 0 for x → ∞ (the inverse Mills ratio of −x).</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector512<double> InverseMillsRatio(Vector512<double> x)
    {
        const double sqrtTwoOverPi = 0.7978845608028654, sqrtTwoOverPiRest = -4.98465440455546e-17, inverseSqrtTwoPi = 0.3989422804014327;
        Vector512<double> left = LessThan(x, Create(-0.3));
        Vector512<double> y = Vector512<double>.Zero;
        if (!EqualsAll(left.AsInt64(), Vector512<long>.AllBitsSet))
            y = Gaussian(AtMost(Abs(x), TailLimit), 0.5).ScaledTimes(Create(inverseSqrtTwoPi)) / NormalCdf(x);
        if (EqualsAll(left.AsInt64(), Vector512<long>.Zero))
            return y;

        (Vector512<double> high, Vector512<double> low) = ScaledNormalTail(Abs(x));
        Vector512<double> quotient = Create(sqrtTwoOverPi) / high;
        Vector512<double> residual = FusedMultiplyAdd(-quotient, high, Create(sqrtTwoOverPi))
            + (Create(sqrtTwoOverPiRest) - quotient * low);
        Vector512<double> corrected = quotient + residual / high;

        // Far out −x to the last bit, where erfcx and the residual leave the range.
        return ConditionalSelect(left, ConditionalSelect(LessThan(x, Create(-1e100)), -x, corrected), y);
    }
}
