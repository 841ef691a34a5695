using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <content>
/// log x and log(1 + x): x = 2ᵏ(1 + f) with √½ ≤ 1 + f &lt; √2, and log(1 + f) = 2 artanh(s) with s = f/(2 + f), arranged so that f itself
/// is added last (K. C. Ng's algorithm in fdlibm, 1993). To base 2 and 10 the same sum in two parts, so that whole powers give whole
/// numbers.
/// </content>
internal static partial class Vectorized<L>
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
    private static L CentredExponent(L x) => L.ShiftRightArithmetic(L.SubtractBits(x, L.Bits(SqrtHalfBits)), 52);

    /// <summary>Positive x = 2ᵏ(1 + f), denormal numbers too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (L K, L F) SplitForLog(L x)
    {
        L denormal = L.LessThan(x, L.Constant(SmallestNormal));
        L lifted = L.Select(denormal, x * DenormalLift, x);
        L exponent = CentredExponent(lifted);
        L f = L.SubtractBits(lifted, L.ShiftLeft(exponent, 52)) - L.One;
        return (L.ToDouble(exponent) - (denormal & L.Constant(54.0)), f);
    }

    /// <summary>log(1 + f) = f − (halfSquare − s·series), halfSquare = f²/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (L HalfSquare, L S, L Series) LogSeries(L f)
    {
        L s = f / (f + L.Constant(2.0));
        L z = s * s;
        L halfSquare = f * f * 0.5;
        return (halfSquare, s, L.FusedMultiplyAdd(z, Polynomial.Evaluate(z, LogCoefficients), halfSquare));
    }

    /// <summary>k ln 2 + log(1 + f) + rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L SumLog(L k, L f, L rest)
    {
        (L halfSquare, L s, L series) = LogSeries(f);
        L low = L.FusedMultiplyAdd(s, series, L.FusedMultiplyAdd(k, L.Constant(Ln2Low), rest));
        return L.FusedMultiplyAdd(k, L.Constant(Ln2High), f - (halfSquare - low));
    }

    /// <summary>log x; −∞ at 0, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Log(L x)
    {
        (L k, L f) = SplitForLog(x);
        return LogLimits(x, SumLog(k, f, L.Zero));
    }

    /// <summary>log₂ x; −∞ at 0, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Log2(L x) => LogOfUnit(x, 1, 0, Log2E, 2.0355273740931033e-17);

    /// <summary>log₁₀ x; −∞ at 0, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Log10(L x) =>
        LogOfUnit(x, Log10Of2High, Log10Of2Low, 0.4342944819032518, 1.098319650216765e-17);

    /// <summary>k·unit + scale·log(1 + f), where the product of k and the high part of the unit is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L LogOfUnit(L x, double unitHigh, double unitLow, double scale, double scaleLow)
    {
        (L k, L f) = SplitForLog(x);
        (L halfSquare, L s, L series) = LogSeries(f);
        L head = f - halfSquare;
        L tail = L.FusedMultiplyAdd(s, series, (f - head) - halfSquare);
        L product = head * scale;
        L productLow = L.FusedMultiplyAdd(head, L.Constant(scale), -product)
            + L.FusedMultiplyAdd(head, L.Constant(scaleLow), tail * scale);
        L whole = k * unitHigh;
        L sum = whole + product;
        L sumLow = (whole - sum) + product;
        return LogLimits(x, sum + (sumLow + L.FusedMultiplyAdd(k, L.Constant(unitLow), productLow)));
    }

    /// <summary>log(1 + x), accurate relatively for small x; −∞ at −1, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L LogP1(L x) => LogP1(x, L.Zero, L.Zero);

    /// <summary>log(1 + x + low) + shift·log 2, |low| ≤ ulp(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L LogP1(L x, L low, L shift)
    {
        L one = L.One;
        L u = one + x;
        L added = u - one;
        L rounding = (one - (u - added)) + (x - added);
        L exponent = CentredExponent(u);
        L f = L.SubtractBits(u, L.ShiftLeft(exponent, 52)) - one;
        L k = L.ToDouble(exponent);

        // The rounding of 1 + x counts with its first bits only: 1/(1 + f) ≈ 1 − f + f².
        L near = L.AreSameBits(exponent, L.Zero);
        L rest = L.Scale(L.AndNot(rounding, near) + low, -k) * L.FusedMultiplyAdd(f, f - one, one);
        f = L.Select(near, x, f);
        return KeepZero(x, LogLimits(u, SumLog(k + shift, f, rest)));
    }

    /// <summary>The logarithm where it is no finite number: at 0, ∞ and below 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L LogLimits(L x, L y)
    {
        L infinity = L.Constant(double.PositiveInfinity);
        y = L.Select(L.AreEqual(x, infinity), infinity, y);
        y = L.Select(L.GreaterThanOrEqual(x, L.Zero), y, L.Constant(double.NaN));
        return L.Select(L.IsZero(x), -infinity, y);
    }
}
