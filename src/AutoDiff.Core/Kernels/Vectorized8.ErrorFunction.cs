using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// erf, erfc, erfcx, Φ and gelu. Tails are e^−x² times the smooth (1 + 2x)·erfcx(x), a polynomial in (x − 4)/(x + 4) over the whole half
/// line (M. M. Shepherd, J. G. Laframboise, Math. Comp. 36, 1981), with x² kept exact in two parts.
/// </content>
internal static partial class Vectorized8
{
    private const double SqrtHalf = 0.7071067811865476;

    /// <summary>Beyond, e^−x²/2 is below every positive number.</summary>
    private const double TailLimit = 40;

    /// <summary>erf(x)/x − 1 in x², for |x| ≤ 1, error 2⁻⁵⁵.</summary>
    private static ReadOnlySpan<double> ErfCoefficients =>
    [
        0.1283791670955126, -0.3761263890318375, 0.11283791670954879, -0.026866170645076792, 0.0052239776248180145,
        -0.000854832698083379, 0.0001205533111164271, -1.4925595266831182e-05, 1.6461000484121368e-06, -1.6350312701054695e-07,
        1.4659775274047436e-08, -1.1372848856791674e-09, 5.957176147748911e-11
    ];

    /// <summary>(1 + 2x) e^x² erfc(x) in (x − 4)/(x + 4), for x ≥ 0, error 2⁻⁵⁴: the constant and the other coefficients.</summary>
    private const double ErfcxCentre = 1.2329951186255526;

    private static ReadOnlySpan<double> ErfcxCoefficients =>
    [
        -0.1396211168405625, 0.015379652102610162, 0.0680970542546862, -0.10103906603585294,
        0.09373283499865172, -0.06633036582050367, 0.0371675155318432, -0.01619773397992426, 0.005031970032548692,
        -0.0007577737141838837, -0.0001992570041218366, 0.00015062311785160628, -2.439811794211229e-05, -1.1225140354421221e-05,
        5.7072395737523334e-06, 2.9805960549635136e-07, -8.218020655513956e-07, 7.111912430821576e-08, 1.0683442931948345e-07,
        -1.6357383994526995e-08, -1.2544825425810217e-08, 1.5712153661897457e-09, 9.655408265645979e-10
    ];

    /// <summary>erf x for |x| ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ErfNear(Vector512<double> x) => FusedMultiplyAdd(x, Evaluate(x * x, ErfCoefficients), x);

    /// <summary>
    /// erfcx(x + low) for x ≥ 0, |low| ≤ ulp(x), as an unevaluated sum. The quotient by ½ + x + low is corrected by its residual.
    /// </summary>
    private static (Vector512<double> High, Vector512<double> Low) ErfcxPositive(Vector512<double> x, Vector512<double> low)
    {
        x = AtMost(x, double.MaxValue);
        Vector512<double> bounded = AtMost(x, 1e300);
        Vector512<double> q = (bounded - Create(4.0)) / (bounded + Create(4.0));
        Vector512<double> centre = Create(0.5 * ErfcxCentre), slope = q * 0.5 * Evaluate(q, ErfcxCoefficients);
        Vector512<double> numerator = centre + slope;
        Vector512<double> numeratorRest = slope - (numerator - centre);

        Vector512<double> half = Create(0.5);
        Vector512<double> denominator = x + half;
        Vector512<double> added = denominator - x;
        Vector512<double> rest = (x - (denominator - added)) + (half - added) + low;
        Vector512<double> inverse = Vector512<double>.One / denominator;
        Vector512<double> y = numerator * inverse;
        Vector512<double> residual = FusedMultiplyAdd(-y, denominator, numerator) + (numeratorRest - y * rest);
        return (y, residual * inverse);
    }

    /// <summary>erfcx(x/√2) = 2 e^x²/2 Φ(−x) for x ≥ 0, as an unevaluated sum.</summary>
    internal static (Vector512<double> High, Vector512<double> Low) ScaledNormalTail(Vector512<double> x)
    {
        const double sqrtHalfRest = -4.833646656726457e-17;
        x = AtMost(x, double.MaxValue);
        Vector512<double> high = x * SqrtHalf;
        return ErfcxPositive(high, FusedMultiplyAdd(x, Create(SqrtHalf), -high) + x * sqrtHalfRest);
    }

    /// <summary>e^−<paramref name="power"/>x², its square in two parts, 0 ≤ x ≤ <see cref="TailLimit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ExpParts Gaussian(Vector512<double> x, double power)
    {
        Vector512<double> scaled = x * -power;
        Vector512<double> square = scaled * x;
        return ReduceExp(square, FusedMultiplyAdd(scaled, x, -square));
    }

    /// <summary>erfc x for x ≥ 0, relatively accurate down to the smallest numbers.</summary>
    private static Vector512<double> ErfcTail(Vector512<double> x)
    {
        x = AtMost(x, TailLimit);
        (Vector512<double> high, Vector512<double> low) = ErfcxPositive(x, Vector512<double>.Zero);
        return Gaussian(x, 1).ScaledTimes(high, low);
    }

    /// <summary>factor·Φ(−x) for x ≥ 0; the factor is applied before the product underflows.</summary>
    private static Vector512<double> NormalTail(Vector512<double> x, Vector512<double> factor)
    {
        x = AtMost(x, TailLimit);
        (Vector512<double> high, Vector512<double> low) = ScaledNormalTail(x);
        factor *= 0.5;
        Vector512<double> y = high * factor;
        return Gaussian(x, 0.5).ScaledTimes(y, FusedMultiplyAdd(high, factor, -y) + low * factor);
    }

    /// <summary>erf x = 2/√π ∫₀ˣ e^−t² dt.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Erf(Vector512<double> x)
    {
        Vector512<double> a = Abs(x);
        Vector512<double> far = GreaterThan(a, Vector512<double>.One);
        Vector512<double> y = ErfNear(x);
        return GreaterThanAny(a, Vector512<double>.One)
            ? ConditionalSelect(far, CopySign(Vector512<double>.One - ErfcTail(a), x), y)
            : y;
    }

    /// <summary>erfc x = 1 − erf x, relatively accurate for large x.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Erfc(Vector512<double> x)
    {
        Vector512<double> inner = GreaterThanOrEqual(x, -Vector512<double>.One) & LessThanOrEqual(x, Create(0.5));
        Vector512<double> near = Vector512<double>.One - ErfNear(x);
        if (EqualsAll(inner.AsInt64(), Vector512<long>.AllBitsSet))
            return near;
        Vector512<double> tail = ErfcTail(Abs(x));
        Vector512<double> outer = ConditionalSelect(LessThan(x, Vector512<double>.Zero), Create(2.0) - tail, tail);
        return ConditionalSelect(inner, near, outer);
    }

    /// <summary>erfcx x = e^x² erfc x; for x &lt; 0 it is 2e^x² − erfcx(−x).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Erfcx(Vector512<double> x)
    {
        Vector512<double> a = Abs(x);
        (Vector512<double> high, Vector512<double> low) = ErfcxPositive(a, Vector512<double>.Zero);
        Vector512<double> y = ConditionalSelect(LessThan(a, Create(double.PositiveInfinity)), high + low, Vector512<double>.One / a);
        if (!LessThanAny(x, Vector512<double>.Zero))
            return y;
        ExpParts e = Gaussian(AtMost(a, TailLimit), -1);
        return ConditionalSelect(LessThan(x, Vector512<double>.Zero), e.ScaledTimes(Create(2.0)) - y, y);
    }

    /// <summary>Φ(x), the standard normal distribution function, relatively accurate for x → −∞.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector512<double> NormalCdf(Vector512<double> x) => NormalCdfTimes(x, Vector512<double>.One);

    /// <summary>gelu x = x Φ(x).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Gelu(Vector512<double> x) => NormalCdfTimes(x, AtLeast(x, -TailLimit));

    /// <summary>factor·Φ(x); in the lower tail the factor is applied before the product underflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> NormalCdfTimes(Vector512<double> x, Vector512<double> factor)
    {
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> inner = GreaterThanOrEqual(x, Create(-SqrtHalf)) & LessThanOrEqual(x, one);
        Vector512<double> near = factor * FusedMultiplyAdd(Create(0.5), ErfNear(x * SqrtHalf), Create(0.5));
        if (EqualsAll(inner.AsInt64(), Vector512<long>.AllBitsSet))
            return near;
        Vector512<double> negative = LessThan(x, Vector512<double>.Zero);
        Vector512<double> tail = NormalTail(Abs(x), ConditionalSelect(negative, factor, one));
        return ConditionalSelect(inner, near, ConditionalSelect(negative, tail, factor * (one - tail)));
    }

    /// <summary>exp(−x²), with the rounding of the square.</summary>
    internal static Vector512<double> Gaussian(Vector512<double> x)
    {
        Vector512<double> bounded = Min(Abs(x), Create(SpecialFunctions.GaussianVanished)), square = bounded * bounded;
        return Exp(-square) * (Vector512<double>.One - FusedMultiplyAdd(bounded, bounded, -square));
    }

    /// <summary>φ(x), the standard normal density, with the rounding of the square.</summary>
    internal static Vector512<double> NormalDensity(Vector512<double> x)
    {
        Vector512<double> bounded = Min(Abs(x), Create(SpecialFunctions.GaussianVanished)), square = bounded * bounded;
        Vector512<double> rounding = FusedMultiplyAdd(bounded, bounded, -square);
        return SpecialFunctions.InverseSqrtTwoPi * Exp(-0.5 * square) * (Vector512<double>.One - 0.5 * rounding);
    }
}
