using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <content>
/// xʸ = e^(y log x), with log x in two parts to 2⁻⁶⁴, because its error counts up to 709 times (T. J. Dekker's double-length arithmetic,
/// Numer. Math. 18, 1971). Bases that are zero, negative or denormal take a second path; lanes whose base or exponent is not finite go to
/// System.Math one by one.
/// </content>
internal static partial class Vectorized<L>
{
    /// <summary>(2 artanh(s) − 2s − ⅔s³) / s⁵ in s², for |s| ≤ 3 − 2√2, error 2⁻⁶⁵ relative to s⁻⁴.</summary>
    private static ReadOnlySpan<double> PowCoefficients =>
    [
        0.4, 0.28571428571428564, 0.2222222222222847, 0.1818181817964499, 0.1538461576290815, 0.13333296397963834,
        0.11766819021629554, 0.10456195110401492, 0.1076362151501126
    ];

    /// <summary>xʸ, by the rules of <see cref="Math.Pow"/>.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Pow(L x, L y)
    {
        L infinity = L.Constant(double.PositiveInfinity);
        L ordinary = L.GreaterThanOrEqual(x, L.Constant(SmallestNormal)) & L.LessThan(x, infinity) & L.LessThan(L.Abs(y), infinity);
        return L.All(ordinary) ? PowOfPositive(x, y, L.Zero) : PowOfAny(x, y);
    }

    /// <summary>(2^shift x)ʸ for positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L PowOfPositive(L x, L y, L shift)
    {
        (L log, L logLow) = LogInTwoParts(x, shift);
        L product = y * log;
        L low = L.FusedMultiplyAdd(y, log, -product) + y * logLow;
        low &= L.LessThan(L.Abs(product), L.Constant(ExponentLimit));
        return ReduceExp(product, low).ScaledTimes(L.One);
    }

    /// <summary>|x|ʸ with the sign that a whole y gives it, NaN for a negative x and a fractional y.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static L PowOfAny(L x, L y)
    {
        L infinity = L.Constant(double.PositiveInfinity), zero = L.Zero;
        L a = L.Abs(x);
        L denormal = L.LessThan(a, L.Constant(SmallestNormal));
        L power = PowOfPositive(L.Select(denormal, a * DenormalLift, a), y, denormal & L.Constant(-54.0));

        L ofZero = L.Select(
            L.GreaterThan(y, zero), zero, L.Select(L.LessThan(y, zero), infinity, L.One));
        power = L.Select(L.IsZero(a), ofZero, power);
        L whole = L.AreEqual(y, L.Round(y));
        L odd = L.AndNot(whole, L.AreEqual(y * 0.5, L.Round(y * 0.5)));
        power = L.Select(whole | L.GreaterThanOrEqual(x, zero) | L.IsZero(x), power, L.Constant(double.NaN)) ^ (odd & x & L.Constant(-0.0));

        L finite = L.LessThan(a, infinity) & L.LessThan(L.Abs(y), infinity);
        return L.All(finite) ? power : ReplaceInfinite(x, y, power, finite);
    }

    /// <summary>log(2^shift x) of positive normal x as an unevaluated sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (L High, L Low) LogInTwoParts(L x, L shift)
    {
        const double twoThirds = 0.6666666666666666, twoThirdsRest = 3.700743415417188e-17;
        L two = L.Constant(2.0);
        L exponent = CentredExponent(x);
        L k = L.ToDouble(exponent) + shift;
        L f = L.SubtractBits(x, L.ShiftLeft(exponent, 52)) - L.One;

        // s + sLow = f/(2 + f) and z + zLow its square.
        L denominator = two + f;
        L inverse = L.One / denominator;
        L s = f * inverse;
        L sLow = (L.FusedMultiplyAdd(-s, denominator, f) - s * (f - (denominator - two))) * inverse;
        L z = s * s;
        L zLow = L.FusedMultiplyAdd(s, s, -z) + two * s * sLow;

        // p + pLow = ⅔ + z·polynomial; then (p + pLow)z, and that times s.
        L higher = z * Polynomial.Evaluate(z, PowCoefficients);
        L p = L.Constant(twoThirds) + higher;
        L pLow = (higher - (p - L.Constant(twoThirds))) + L.Constant(twoThirdsRest);
        L even = z * p;
        L evenLow = L.FusedMultiplyAdd(z, p, -even) + (z * pLow + zLow * p);
        L odd = s * even;
        L oddLow = L.FusedMultiplyAdd(s, even, -odd) + (s * evenLow + sLow * even);

        // 2s + odd, then k ln 2 + that: each addend smaller than the one before it, or that is 0.
        L doubled = s + s;
        L fraction = doubled + odd;
        L fractionLow = (odd - (fraction - doubled)) + (oddLow + (sLow + sLow));
        L whole = k * Ln2High;
        L sum = whole + fraction;
        L sumLow = (fraction - (sum - whole)) + L.FusedMultiplyAdd(k, L.Constant(Ln2Low), fractionLow);
        L high = sum + sumLow;
        return (high, sumLow - (high - sum));
    }

    /// <summary>The power with the lanes outside <paramref name="finite"/> replaced by <see cref="Math.Pow"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static L ReplaceInfinite(
        L x, L y, L power, L finite)
    {
        for (int lane = 0; lane < L.Count; lane++)
        {
            if (BitConverter.DoubleToInt64Bits(finite[lane]) == 0)
                power = L.With(power, lane, Math.Pow(x[lane], y[lane]));
        }

        return power;
    }
}
