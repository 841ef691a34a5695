
namespace AutoDiff.Kernels;

/// <content>Logarithm of the normal distribution function and its derivative, both through erfcx in the lower tail.</content>
internal static partial class Vectorized<L>
{
    /// <summary>log Φ(x): −x²/2 + log(½ erfcx(−x/√2)) in the lower tail, log(1 − Φ(−x)) above zero.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static L LogNormalCdf(L x)
    {
        L lower = L.LessThan(x, L.Constant(-SqrtHalf));
        L y = L.Zero;
        if (!L.All(lower))
        {
            L probability = NormalCdf(-L.Abs(x));
            y = L.Select(L.LessThan(x, L.Zero), Log(probability), LogP1(-probability));
        }

        if (L.None(lower))
            return y;
        (L high, L low) = ScaledNormalTail(L.Abs(x));
        return L.Select(lower, Log((high + low) * 0.5) - x * 0.5 * x, y);
    }

    /// <summary>φ(x)/Φ(x) = d/dx log Φ(x), which tends to −x for x → −∞ and to 0 for x → ∞ (the inverse Mills ratio of −x).</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static L InverseMillsRatio(L x)
    {
        const double sqrtTwoOverPi = 0.7978845608028654, sqrtTwoOverPiRest = -4.98465440455546e-17, inverseSqrtTwoPi = 0.3989422804014327;
        L left = L.LessThan(x, L.Constant(-0.3));
        L y = L.Zero;
        if (!L.All(left))
            y = Gaussian(AtMost(L.Abs(x), TailLimit), 0.5).ScaledTimes(L.Constant(inverseSqrtTwoPi)) / NormalCdf(x);
        if (L.None(left))
            return y;

        (L high, L low) = ScaledNormalTail(L.Abs(x));
        L quotient = L.Constant(sqrtTwoOverPi) / high;
        L residual = L.FusedMultiplyAdd(-quotient, high, L.Constant(sqrtTwoOverPi))
            + (L.Constant(sqrtTwoOverPiRest) - quotient * low);
        L corrected = quotient + residual / high;

        // Far out −x to the last bit, where erfcx and the residual leave the range.
        return L.Select(left, L.Select(L.LessThan(x, L.Constant(-1e100)), -x, corrected), y);
    }
}
