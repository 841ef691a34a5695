using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// xʸ = e^(y log x), with log x in two parts to 2⁻⁶⁴, because its error counts up to 709 times (T. J. Dekker's double-length arithmetic,
/// Numer. Math. 18, 1971). Bases that are zero, negative or denormal take a second path; lanes whose base or exponent is not finite go to
/// System.Math one by one.
/// </content>
internal static partial class Vectorized8
{
    /// <summary>(2 artanh(s) − 2s − ⅔s³) / s⁵ in s², for |s| ≤ 3 − 2√2, error 2⁻⁶⁵ relative to s⁻⁴.</summary>
    private static ReadOnlySpan<double> PowCoefficients =>
    [
        0.4, 0.28571428571428564, 0.2222222222222847, 0.1818181817964499, 0.1538461576290815, 0.13333296397963834,
        0.11766819021629554, 0.10456195110401492, 0.1076362151501126
    ];

    /// <summary>xʸ, by the rules of <see cref="Math.Pow"/>.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Pow(Vector512<double> x, Vector512<double> y)
    {
        Vector512<double> infinity = Create(double.PositiveInfinity);
        Vector512<double> ordinary = GreaterThanOrEqual(x, Create(SmallestNormal)) & LessThan(x, infinity) & LessThan(Abs(y), infinity);
        return EqualsAll(ordinary.AsInt64(), Vector512<long>.AllBitsSet) ? PowOfPositive(x, y, Vector512<double>.Zero) : PowOfAny(x, y);
    }

    /// <summary>(2^shift x)ʸ for positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowOfPositive(Vector512<double> x, Vector512<double> y, Vector512<double> shift)
    {
        (Vector512<double> log, Vector512<double> logLow) = LogInTwoParts(x, shift);
        Vector512<double> product = y * log;
        Vector512<double> low = FusedMultiplyAdd(y, log, -product) + y * logLow;
        low &= LessThan(Abs(product), Create(ExponentLimit));
        return ReduceExp(product, low).ScaledTimes(Vector512<double>.One);
    }

    /// <summary>|x|ʸ with the sign that a whole y gives it, NaN for a negative x and a fractional y.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<double> PowOfAny(Vector512<double> x, Vector512<double> y)
    {
        Vector512<double> infinity = Create(double.PositiveInfinity), zero = Vector512<double>.Zero;
        Vector512<double> a = Abs(x);
        Vector512<double> denormal = LessThan(a, Create(SmallestNormal));
        Vector512<double> power = PowOfPositive(ConditionalSelect(denormal, a * DenormalLift, a), y, denormal & Create(-54.0));

        Vector512<double> ofZero = ConditionalSelect(
            GreaterThan(y, zero), zero, ConditionalSelect(LessThan(y, zero), infinity, Vector512<double>.One));
        power = ConditionalSelect(IsZero(a), ofZero, power);
        Vector512<double> whole = Vector512.Equals(y, Round(y));
        Vector512<double> odd = AndNot(whole, Vector512.Equals(y * 0.5, Round(y * 0.5)));
        power = ConditionalSelect(whole | GreaterThanOrEqual(x, zero) | IsZero(x), power, Create(double.NaN)) ^ (odd & x & Create(-0.0));

        Vector512<double> finite = LessThan(a, infinity) & LessThan(Abs(y), infinity);
        return EqualsAll(finite.AsInt64(), Vector512<long>.AllBitsSet) ? power : ReplaceInfinite(x, y, power, finite);
    }

    /// <summary>log(2^shift x) of positive normal x as an unevaluated sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> High, Vector512<double> Low) LogInTwoParts(Vector512<double> x, Vector512<double> shift)
    {
        const double twoThirds = 0.6666666666666666, twoThirdsRest = 3.700743415417188e-17;
        Vector512<double> two = Create(2.0);
        Vector512<long> exponent = CentredExponent(x);
        Vector512<double> k = ConvertToDouble(exponent) + shift;
        Vector512<double> f = (x.AsInt64() - ShiftLeft(exponent, 52)).AsDouble() - Vector512<double>.One;

        // s + sLow = f/(2 + f) and z + zLow its square.
        Vector512<double> denominator = two + f;
        Vector512<double> inverse = Vector512<double>.One / denominator;
        Vector512<double> s = f * inverse;
        Vector512<double> sLow = (FusedMultiplyAdd(-s, denominator, f) - s * (f - (denominator - two))) * inverse;
        Vector512<double> z = s * s;
        Vector512<double> zLow = FusedMultiplyAdd(s, s, -z) + two * s * sLow;

        // p + pLow = ⅔ + z·polynomial; then (p + pLow)z, and that times s.
        Vector512<double> higher = z * Evaluate(z, PowCoefficients);
        Vector512<double> p = Create(twoThirds) + higher;
        Vector512<double> pLow = (higher - (p - Create(twoThirds))) + Create(twoThirdsRest);
        Vector512<double> even = z * p;
        Vector512<double> evenLow = FusedMultiplyAdd(z, p, -even) + (z * pLow + zLow * p);
        Vector512<double> odd = s * even;
        Vector512<double> oddLow = FusedMultiplyAdd(s, even, -odd) + (s * evenLow + sLow * even);

        // 2s + odd, then k ln 2 + that: each addend smaller than the one before it, or that is 0.
        Vector512<double> doubled = s + s;
        Vector512<double> fraction = doubled + odd;
        Vector512<double> fractionLow = (odd - (fraction - doubled)) + (oddLow + (sLow + sLow));
        Vector512<double> whole = k * Ln2High;
        Vector512<double> sum = whole + fraction;
        Vector512<double> sumLow = (fraction - (sum - whole)) + FusedMultiplyAdd(k, Create(Ln2Low), fractionLow);
        Vector512<double> high = sum + sumLow;
        return (high, sumLow - (high - sum));
    }

    /// <summary>The power with the lanes outside <paramref name="finite"/> replaced by <see cref="Math.Pow"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<double> ReplaceInfinite(
        Vector512<double> x, Vector512<double> y, Vector512<double> power, Vector512<double> finite)
    {
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            if (finite.AsInt64()[lane] == 0)
                power = power.WithElement(lane, Math.Pow(x[lane], y[lane]));
        }

        return power;
    }
}
