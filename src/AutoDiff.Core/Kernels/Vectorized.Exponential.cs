using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <content>eˣ, eˣ − 1, 2ˣ and 10ˣ: reduction to |r| ≤ ½ ln 2 and a polynomial (P. T. P. Tang, ACM TOMS 15, 1989; 18, 1992).</content>
internal static partial class Vectorized<L>
{
    private const double Log2E = 1.4426950408889634;

    /// <summary>Arguments beyond are out of the range of every function here, also after multiplication with a factor up to 2⁷⁸.</summary>
    private const double ExponentLimit = 800;

    /// <summary>(eʳ − 1 − r − r²/2) / r³ for |r| ≤ ½ ln 2, error 2⁻⁵⁸ relative to r⁻¹.</summary>
    private static ReadOnlySpan<double> ExpCoefficients =>
    [
        0.16666666666666669, 0.041666666666666664, 0.008333333333330062, 0.0013888888888886552, 0.00019841269863053618,
        2.4801587317144498e-05, 2.7557268459997064e-06, 2.755728296954995e-07, 2.510038549551032e-08, 2.0911236630261545e-09
    ];

    /// <summary>
    /// e^(x + low) = 2^<see cref="K"/> (1 + <see cref="Head"/> + <see cref="Tail"/>): the head is exact to its last bit, |tail| ≪ |head|.
    /// </summary>
    private readonly struct ExpParts(L k, L head, L tail)
    {
        internal readonly L K = k, Head = head, Tail = tail;

        /// <summary>y e^(x + low) 2⁻ᴷ, of the magnitude of y, with one rounding.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal L Times(L y) => L.FusedMultiplyAdd(y, Head + Tail, y);

        /// <summary>y e^(x + low).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal L ScaledTimes(L y) => L.Scale(Times(y), K);

        /// <summary>(y + yLow) e^(x + low), |yLow| ≤ ulp(y).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal L ScaledTimes(L y, L yLow) =>
            L.Scale(y + L.FusedMultiplyAdd(y, Head + Tail, yLow), K);
    }

    /// <summary>The parts of e^(x + low), |low| ≤ ulp(x), with x held within ±<see cref="ExponentLimit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ExpParts ReduceExp(L x, L low)
    {
        x = AtLeast(AtMost(x, ExponentLimit), -ExponentLimit);
        L k = Nearest(x * Log2E);
        L high = L.FusedMultiplyAdd(-k, L.Constant(Ln2High), x);
        L correction = L.FusedMultiplyAdd(k, L.Constant(Ln2Low), -low);
        L r = high - correction;
        return new ExpParts(k, r, ExpTail(r, (high - r) - correction));
    }

    /// <summary>e^(r + low) − 1 − r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L ExpTail(L r, L low)
    {
        L curvature = L.FusedMultiplyAdd(r, Polynomial.Evaluate(r, ExpCoefficients), L.Constant(0.5));
        return L.FusedMultiplyAdd(r * r, curvature, L.FusedMultiplyAdd(low, r, low));
    }

    /// <summary>eˣ − 1 from the parts of eˣ, K ≥ −60.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L ExpM1(ExpParts e)
    {
        L shift = L.One - L.Scale(L.One, -e.K);
        L sum = shift + e.Head;
        L rest = e.Head - (sum - shift);
        return L.Scale(sum + (rest + e.Tail), e.K);
    }

    /// <summary>eˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Exp(L x) => ReduceExp(x, L.Zero).ScaledTimes(L.One);

    /// <summary>eˣ − 1, accurate relatively for small x.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L ExpM1(L x) =>
        KeepZero(x, ExpM1(ReduceExp(AtLeast(x, -40), L.Zero)));

    /// <summary>2ˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Exp2(L x)
    {
        const double ln2 = 0.6931471805599453, ln2Rest = 2.3190468138462996e-17;
        x = AtLeast(AtMost(x, 1100), -1100);
        L k = Nearest(x);
        L fraction = x - k;
        L r = fraction * ln2;
        L low = L.FusedMultiplyAdd(fraction, L.Constant(ln2), -r) + fraction * ln2Rest;
        return new ExpParts(k, r, ExpTail(r, low)).ScaledTimes(L.One);
    }

    /// <summary>10ˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Exp10(L x)
    {
        const double log2Of10 = 3.321928094887362, ln10 = 2.302585092994046, ln10Rest = -2.1707562233822494e-16;
        x = AtLeast(AtMost(x, 350), -350);
        L k = Nearest(x * log2Of10);
        L exact = L.FusedMultiplyAdd(-k, L.Constant(Log10Of2High), x);
        L correction = k * Log10Of2Low;
        L fraction = exact - correction;
        L fractionLow = (exact - fraction) - correction;
        L r = fraction * ln10;
        L low = L.FusedMultiplyAdd(fraction, L.Constant(ln10), -r)
            + L.FusedMultiplyAdd(fraction, L.Constant(ln10Rest), fractionLow * ln10);
        return new ExpParts(k, r, ExpTail(r, low)).ScaledTimes(L.One);
    }
}
