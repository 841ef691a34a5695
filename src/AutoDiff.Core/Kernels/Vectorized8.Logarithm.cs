using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// log x and log(1 + x): x = 2ᵏ(1 + f) with √½ ≤ 1 + f &lt; √2, and log(1 + f) = 2 artanh(s) with s = f/(2 + f), arranged so that f itself
/// is added last (K. C. Ng's algorithm in fdlibm, 1993). To base 2 and 10 the same sum in two parts, so that whole powers give whole
/// numbers.
/// </content>
internal static partial class Vectorized8
{
    private const long SqrtHalfBits = 0x3FE6A09E667F3BCD;

    /// <summary>log₁₀ 2 in two parts; the first has 42 bits, so that its product with an exponent is exact.</summary>
    private const double Log10Of2High = 0.30102999566383914, Log10Of2Low = 1.42050232272661e-13;

    /// <summary>(2 artanh(s)/s − 2) / s² in s², for |s| ≤ 3 − 2√2, error 2⁻⁵⁹.</summary>
    private static ReadOnlySpan<double> LogCoefficients =>
    [
        0.6666666666666666, 0.40000000000000885, 0.28571428570799784, 0.22222222392581045, 0.18181795547521137, 0.15386244737621665,
        0.13268638369266825, 0.13088034850927555
    ];

    /// <summary>The exponent k of a positive normal x = 2ᵏ(1 + f) with √½ ≤ 1 + f &lt; √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> CentredExponent(Vector512<double> x) => ShiftRightArithmetic(x.AsInt64() - Create(SqrtHalfBits), 52);

    /// <summary>Positive x = 2ᵏ(1 + f), denormal numbers too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> K, Vector512<double> F) SplitForLog(Vector512<double> x)
    {
        Vector512<double> denormal = LessThan(x, Create(SmallestNormal));
        Vector512<double> lifted = ConditionalSelect(denormal, x * DenormalLift, x);
        Vector512<long> exponent = CentredExponent(lifted);
        Vector512<double> f = (lifted.AsInt64() - ShiftLeft(exponent, 52)).AsDouble() - Vector512<double>.One;
        return (ConvertToDouble(exponent) - (denormal & Create(54.0)), f);
    }

    /// <summary>log(1 + f) = f − (halfSquare − s·series), halfSquare = f²/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> HalfSquare, Vector512<double> S, Vector512<double> Series) LogSeries(Vector512<double> f)
    {
        Vector512<double> s = f / (f + Create(2.0));
        Vector512<double> z = s * s;
        Vector512<double> halfSquare = f * f * 0.5;
        return (halfSquare, s, FusedMultiplyAdd(z, Evaluate(z, LogCoefficients), halfSquare));
    }

    /// <summary>k ln 2 + log(1 + f) + rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SumLog(Vector512<double> k, Vector512<double> f, Vector512<double> rest)
    {
        (Vector512<double> halfSquare, Vector512<double> s, Vector512<double> series) = LogSeries(f);
        Vector512<double> low = FusedMultiplyAdd(s, series, FusedMultiplyAdd(k, Create(Ln2Low), rest));
        return FusedMultiplyAdd(k, Create(Ln2High), f - (halfSquare - low));
    }

    /// <summary>log x; −∞ at 0, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Log(Vector512<double> x)
    {
        (Vector512<double> k, Vector512<double> f) = SplitForLog(x);
        return LogLimits(x, SumLog(k, f, Vector512<double>.Zero));
    }

    /// <summary>log₂ x; −∞ at 0, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Log2(Vector512<double> x) => LogOfUnit(x, 1, 0, Log2E, 2.0355273740931033e-17);

    /// <summary>log₁₀ x; −∞ at 0, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Log10(Vector512<double> x) =>
        LogOfUnit(x, Log10Of2High, Log10Of2Low, 0.4342944819032518, 1.098319650216765e-17);

    /// <summary>k·unit + scale·log(1 + f), where the product of k and the high part of the unit is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogOfUnit(Vector512<double> x, double unitHigh, double unitLow, double scale, double scaleLow)
    {
        (Vector512<double> k, Vector512<double> f) = SplitForLog(x);
        (Vector512<double> halfSquare, Vector512<double> s, Vector512<double> series) = LogSeries(f);
        Vector512<double> head = f - halfSquare;
        Vector512<double> tail = FusedMultiplyAdd(s, series, (f - head) - halfSquare);
        Vector512<double> product = head * scale;
        Vector512<double> productLow = FusedMultiplyAdd(head, Create(scale), -product)
            + FusedMultiplyAdd(head, Create(scaleLow), tail * scale);
        Vector512<double> whole = k * unitHigh;
        Vector512<double> sum = whole + product;
        Vector512<double> sumLow = (whole - sum) + product;
        return LogLimits(x, sum + (sumLow + FusedMultiplyAdd(k, Create(unitLow), productLow)));
    }

    /// <summary>log(1 + x), accurate relatively for small x; −∞ at −1, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> LogP1(Vector512<double> x) => LogP1(x, Vector512<double>.Zero, Vector512<double>.Zero);

    /// <summary>log(1 + x + low) + shift·log 2, |low| ≤ ulp(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogP1(Vector512<double> x, Vector512<double> low, Vector512<double> shift)
    {
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> u = one + x;
        Vector512<double> added = u - one;
        Vector512<double> rounding = (one - (u - added)) + (x - added);
        Vector512<long> exponent = CentredExponent(u);
        Vector512<double> f = (u.AsInt64() - ShiftLeft(exponent, 52)).AsDouble() - one;
        Vector512<double> k = ConvertToDouble(exponent);

        // The rounding of 1 + x counts with its first bits only: 1/(1 + f) ≈ 1 − f + f².
        Vector512<double> near = Vector512.Equals(exponent, Vector512<long>.Zero).AsDouble();
        Vector512<double> rest = Scale(AndNot(rounding, near) + low, -k) * FusedMultiplyAdd(f, f - one, one);
        f = ConditionalSelect(near, x, f);
        return KeepZero(x, LogLimits(u, SumLog(k + shift, f, rest)));
    }

    /// <summary>The logarithm where it is no finite number: at 0, ∞ and below 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogLimits(Vector512<double> x, Vector512<double> y)
    {
        Vector512<double> infinity = Create(double.PositiveInfinity);
        y = ConditionalSelect(Vector512.Equals(x, infinity), infinity, y);
        y = ConditionalSelect(GreaterThanOrEqual(x, Vector512<double>.Zero), y, Create(double.NaN));
        return ConditionalSelect(IsZero(x), -infinity, y);
    }
}
