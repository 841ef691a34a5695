using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>eˣ, eˣ − 1, 2ˣ and 10ˣ: reduction to |r| ≤ ½ ln 2 and a polynomial (P. T. P. Tang, ACM TOMS 15, 1989; 18, 1992).</content>
internal static partial class Vectorized8
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
    private readonly struct ExpParts(Vector512<double> k, Vector512<double> head, Vector512<double> tail)
    {
        internal readonly Vector512<double> K = k, Head = head, Tail = tail;

        /// <summary>y e^(x + low) 2⁻ᴷ, of the magnitude of y, with one rounding.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector512<double> Times(Vector512<double> y) => FusedMultiplyAdd(y, Head + Tail, y);

        /// <summary>y e^(x + low).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector512<double> ScaledTimes(Vector512<double> y) => Scale(Times(y), K);

        /// <summary>(y + yLow) e^(x + low), |yLow| ≤ ulp(y).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector512<double> ScaledTimes(Vector512<double> y, Vector512<double> yLow) =>
            Scale(y + FusedMultiplyAdd(y, Head + Tail, yLow), K);
    }

    /// <summary>The parts of e^(x + low), |low| ≤ ulp(x), with x held within ±<see cref="ExponentLimit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ExpParts ReduceExp(Vector512<double> x, Vector512<double> low)
    {
        x = AtLeast(AtMost(x, ExponentLimit), -ExponentLimit);
        Vector512<double> k = Nearest(x * Log2E);
        Vector512<double> high = FusedMultiplyAdd(-k, Create(Ln2High), x);
        Vector512<double> correction = FusedMultiplyAdd(k, Create(Ln2Low), -low);
        Vector512<double> r = high - correction;
        return new ExpParts(k, r, ExpTail(r, (high - r) - correction));
    }

    /// <summary>e^(r + low) − 1 − r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExpTail(Vector512<double> r, Vector512<double> low)
    {
        Vector512<double> curvature = FusedMultiplyAdd(r, Evaluate(r, ExpCoefficients), Create(0.5));
        return FusedMultiplyAdd(r * r, curvature, FusedMultiplyAdd(low, r, low));
    }

    /// <summary>eˣ − 1 from the parts of eˣ, K ≥ −60.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExpM1(ExpParts e)
    {
        Vector512<double> shift = Vector512<double>.One - Scale(Vector512<double>.One, -e.K);
        Vector512<double> sum = shift + e.Head;
        Vector512<double> rest = e.Head - (sum - shift);
        return Scale(sum + (rest + e.Tail), e.K);
    }

    /// <summary>eˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Exp(Vector512<double> x) => ReduceExp(x, Vector512<double>.Zero).ScaledTimes(Vector512<double>.One);

    /// <summary>eˣ − 1, accurate relatively for small x.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> ExpM1(Vector512<double> x) =>
        KeepZero(x, ExpM1(ReduceExp(AtLeast(x, -40), Vector512<double>.Zero)));

    /// <summary>2ˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Exp2(Vector512<double> x)
    {
        const double ln2 = 0.6931471805599453, ln2Rest = 2.3190468138462996e-17;
        x = AtLeast(AtMost(x, 1100), -1100);
        Vector512<double> k = Nearest(x);
        Vector512<double> fraction = x - k;
        Vector512<double> r = fraction * ln2;
        Vector512<double> low = FusedMultiplyAdd(fraction, Create(ln2), -r) + fraction * ln2Rest;
        return new ExpParts(k, r, ExpTail(r, low)).ScaledTimes(Vector512<double>.One);
    }

    /// <summary>10ˣ.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Exp10(Vector512<double> x)
    {
        const double log2Of10 = 3.321928094887362, ln10 = 2.302585092994046, ln10Rest = -2.1707562233822494e-16;
        x = AtLeast(AtMost(x, 350), -350);
        Vector512<double> k = Nearest(x * log2Of10);
        Vector512<double> exact = FusedMultiplyAdd(-k, Create(Log10Of2High), x);
        Vector512<double> correction = k * Log10Of2Low;
        Vector512<double> fraction = exact - correction;
        Vector512<double> fractionLow = (exact - fraction) - correction;
        Vector512<double> r = fraction * ln10;
        Vector512<double> low = FusedMultiplyAdd(fraction, Create(ln10), -r)
            + FusedMultiplyAdd(fraction, Create(ln10Rest), fractionLow * ln10);
        return new ExpParts(k, r, ExpTail(r, low)).ScaledTimes(Vector512<double>.One);
    }
}
