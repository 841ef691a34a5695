using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <content>
/// erf, erfc, erfcx, Φ and gelu. Tails are e^−x² times the smooth (1 + 2x)·erfcx(x), a polynomial in (x − 4)/(x + 4) over the whole half
/// line (M. M. Shepherd, J. G. Laframboise, Math. Comp. 36, 1981), with x² kept exact in two parts.
/// </content>
internal static partial class Vectorized<L>
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
    private static L ErfNear(L x) => L.FusedMultiplyAdd(x, Polynomial.Evaluate(x * x, ErfCoefficients), x);

    /// <summary>
    /// erfcx(x + low) for x ≥ 0, |low| ≤ ulp(x), as an unevaluated sum. The quotient by ½ + x + low is corrected by its residual.
    /// </summary>
    private static (L High, L Low) ErfcxPositive(L x, L low)
    {
        x = AtMost(x, double.MaxValue);
        L bounded = AtMost(x, 1e300);
        L q = (bounded - L.Constant(4.0)) / (bounded + L.Constant(4.0));
        L centre = L.Constant(0.5 * ErfcxCentre), slope = q * 0.5 * Polynomial.Evaluate(q, ErfcxCoefficients);
        L numerator = centre + slope;
        L numeratorRest = slope - (numerator - centre);

        L half = L.Constant(0.5);
        L denominator = x + half;
        L added = denominator - x;
        L rest = (x - (denominator - added)) + (half - added) + low;
        L inverse = L.One / denominator;
        L y = numerator * inverse;
        L residual = L.FusedMultiplyAdd(-y, denominator, numerator) + (numeratorRest - y * rest);
        return (y, residual * inverse);
    }

    /// <summary>erfcx(x/√2) = 2 e^x²/2 Φ(−x) for x ≥ 0, as an unevaluated sum.</summary>
    internal static (L High, L Low) ScaledNormalTail(L x)
    {
        const double sqrtHalfRest = -4.833646656726457e-17;
        x = AtMost(x, double.MaxValue);
        L high = x * SqrtHalf;
        return ErfcxPositive(high, L.FusedMultiplyAdd(x, L.Constant(SqrtHalf), -high) + x * sqrtHalfRest);
    }

    /// <summary>e^−<paramref name="power"/>x², its square in two parts, 0 ≤ x ≤ <see cref="TailLimit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ExpParts Gaussian(L x, double power)
    {
        L scaled = x * -power;
        L square = scaled * x;
        return ReduceExp(square, L.FusedMultiplyAdd(scaled, x, -square));
    }

    /// <summary>erfc x for x ≥ 0, relatively accurate down to the smallest numbers.</summary>
    private static L ErfcTail(L x)
    {
        x = AtMost(x, TailLimit);
        (L high, L low) = ErfcxPositive(x, L.Zero);
        return Gaussian(x, 1).ScaledTimes(high, low);
    }

    /// <summary>factor·Φ(−x) for x ≥ 0; the factor is applied before the product underflows.</summary>
    private static L NormalTail(L x, L factor)
    {
        x = AtMost(x, TailLimit);
        (L high, L low) = ScaledNormalTail(x);
        factor *= 0.5;
        L y = high * factor;
        return Gaussian(x, 0.5).ScaledTimes(y, L.FusedMultiplyAdd(high, factor, -y) + low * factor);
    }

    /// <summary>erf x = 2/√π ∫₀ˣ e^−t² dt.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Erf(L x)
    {
        L a = L.Abs(x);
        L far = L.GreaterThan(a, L.One);
        L y = ErfNear(x);
        return !L.None(L.GreaterThan(a, L.One))
            ? L.Select(far, L.CopySign(L.One - ErfcTail(a), x), y)
            : y;
    }

    /// <summary>erfc x = 1 − erf x, relatively accurate for large x.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Erfc(L x)
    {
        L inner = L.GreaterThanOrEqual(x, -L.One) & L.LessThanOrEqual(x, L.Constant(0.5));
        L near = L.One - ErfNear(x);
        if (L.All(inner))
            return near;
        L tail = ErfcTail(L.Abs(x));
        L outer = L.Select(L.LessThan(x, L.Zero), L.Constant(2.0) - tail, tail);
        return L.Select(inner, near, outer);
    }

    /// <summary>erfcx x = e^x² erfc x; for x &lt; 0 it is 2e^x² − erfcx(−x).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Erfcx(L x)
    {
        L a = L.Abs(x);
        (L high, L low) = ErfcxPositive(a, L.Zero);
        L y = L.Select(L.LessThan(a, L.Constant(double.PositiveInfinity)), high + low, L.One / a);
        if (L.None(L.LessThan(x, L.Zero)))
            return y;
        ExpParts e = Gaussian(AtMost(a, TailLimit), -1);
        return L.Select(L.LessThan(x, L.Zero), e.ScaledTimes(L.Constant(2.0)) - y, y);
    }

    /// <summary>Φ(x), the standard normal distribution function, relatively accurate for x → −∞.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static L NormalCdf(L x) => NormalCdfTimes(x, L.One);

    /// <summary>gelu x = x Φ(x).</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Gelu(L x) => NormalCdfTimes(x, AtLeast(x, -TailLimit));

    /// <summary>factor·Φ(x); in the lower tail the factor is applied before the product underflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L NormalCdfTimes(L x, L factor)
    {
        L one = L.One;
        L inner = L.GreaterThanOrEqual(x, L.Constant(-SqrtHalf)) & L.LessThanOrEqual(x, one);
        L near = factor * L.FusedMultiplyAdd(L.Constant(0.5), ErfNear(x * SqrtHalf), L.Constant(0.5));
        if (L.All(inner))
            return near;
        L negative = L.LessThan(x, L.Zero);
        L tail = NormalTail(L.Abs(x), L.Select(negative, factor, one));
        return L.Select(inner, near, L.Select(negative, tail, factor * (one - tail)));
    }
}
