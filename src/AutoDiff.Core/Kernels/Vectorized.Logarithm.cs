using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// log x and log(1 + x): x = 2ᵏ(1 + f) with √½ ≤ 1 + f &lt; √2, and log(1 + f) = 2 artanh(s) with s = f/(2 + f), arranged so that f itself
/// is added last (K. C. Ng's algorithm in fdlibm, 1993).
/// </content>
internal static partial class Vectorized
{
    private const long SqrtHalfBits = 0x3FE6A09E667F3BCD;

    /// <summary>(2 artanh(s)/s − 2) / s² in s², for |s| ≤ 3 − 2√2, error 2⁻⁵⁹.</summary>
    private static ReadOnlySpan<double> LogCoefficients =>
    [
        0.6666666666666666, 0.40000000000000885, 0.28571428570799784, 0.22222222392581045, 0.18181795547521137, 0.15386244737621665,
        0.13268638369266825, 0.13088034850927555
    ];

    /// <summary>The exponent k of a positive normal x = 2ᵏ(1 + f) with √½ ≤ 1 + f &lt; √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> CentredExponent(Vector512<double> x) => ShiftRightArithmetic(x.AsInt64() - Create(SqrtHalfBits), 52);

    /// <summary>k ln 2 + log(1 + f) + rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SumLog(Vector512<double> k, Vector512<double> f, Vector512<double> rest)
    {
        Vector512<double> s = f / (f + Create(2.0));
        Vector512<double> z = s * s;
        Vector512<double> halfSquare = f * f * 0.5;
        Vector512<double> series = FusedMultiplyAdd(z, Polynomial.Evaluate(z, LogCoefficients), halfSquare);
        Vector512<double> low = FusedMultiplyAdd(s, series, FusedMultiplyAdd(k, Create(Ln2Low), rest));
        return FusedMultiplyAdd(k, Create(Ln2High), f - (halfSquare - low));
    }

    /// <summary>log x; −∞ at 0, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Log(Vector512<double> x)
    {
        Vector512<double> denormal = LessThan(x, Create(SmallestNormal));
        Vector512<double> lifted = ConditionalSelect(denormal, x * DenormalLift, x);
        Vector512<long> exponent = CentredExponent(lifted);
        Vector512<double> f = (lifted.AsInt64() - ShiftLeft(exponent, 52)).AsDouble() - Vector512<double>.One;
        Vector512<double> k = ConvertToDouble(exponent) - (denormal & Create(54.0));
        return LogLimits(x, SumLog(k, f, Vector512<double>.Zero));
    }

    /// <summary>log(1 + x), accurate relatively for small x; −∞ at −1, NaN below.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> LogP1(Vector512<double> x)
    {
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> u = one + x;
        Vector512<double> added = u - one;
        Vector512<double> rounding = (one - (u - added)) + (x - added);
        Vector512<long> exponent = CentredExponent(u);
        Vector512<double> f = (u.AsInt64() - ShiftLeft(exponent, 52)).AsDouble() - one;
        Vector512<double> k = ConvertToDouble(exponent);

        // The rounding of 1 + x counts with its first bits only: 1/(1 + f) ≈ 1 − f + f².
        Vector512<double> rest = Scale(rounding, -k) * FusedMultiplyAdd(f, f - one, one);
        Vector512<double> near = Vector512.Equals(exponent, Vector512<long>.Zero).AsDouble();
        f = ConditionalSelect(near, x, f);
        return KeepZero(x, LogLimits(u, SumLog(k, f, AndNot(rest, near))));
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
