using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// sin, cos and tan: x − kπ/2 with π/2 in three parts (W. J. Cody, W. Waite, Software Manual for the Elementary Functions, 1980), the
/// remainder in two, and a polynomial each on |r| ≤ π/4. Lanes beyond 2²⁰, rare as they are, go to System.Math one by one. sin πx and
/// cos πx: x − k/2 is exact, and so no argument is too large.
/// </content>
internal static partial class Vectorized8
{
    private const double ReductionLimit = 1048576;

    /// <summary>(sin(r)/r − 1) / r² in r², for |r| ≤ π/4, error 2⁻⁵⁷.</summary>
    private static ReadOnlySpan<double> SinCoefficients =>
    [
        -0.16666666666666666, 0.008333333333333331, -0.0001984126984126506, 2.7557319219335453e-06, -2.5052106231157904e-08,
        1.605853141458901e-10, -7.586685070091267e-13
    ];

    /// <summary>(cos(r) − 1 + r²/2) / r⁴ in r², for |r| ≤ π/4, error 2⁻⁶⁰.</summary>
    private static ReadOnlySpan<double> CosCoefficients =>
    [
        0.041666666666666664, -0.0013888888888888887, 2.4801587301584645e-05, -2.755731922140076e-07, 2.0876755790363397e-09,
        -1.1470460773969325e-11, 4.7458652037874553e-14
    ];

    /// <summary>sin x; NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static unsafe Vector512<double> Sin(Vector512<double> x)
    {
        Vector512<long> quarters = ReduceAngle(x, out Vector512<double> r, out Vector512<double> low);
        Vector512<double> y = KeepZero(x, SinOfQuarters(quarters, r, low));
        return ReplaceLanes(GreaterThan(Abs(x), Create(ReductionLimit)), x, y, &Math.Sin);
    }

    /// <summary>cos x; NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static unsafe Vector512<double> Cos(Vector512<double> x)
    {
        Vector512<long> quarters = ReduceAngle(x, out Vector512<double> r, out Vector512<double> low);
        Vector512<double> y = SinOfQuarters(quarters + Vector512<long>.One, r, low);
        return ReplaceLanes(GreaterThan(Abs(x), Create(ReductionLimit)), x, y, &Math.Cos);
    }

    /// <summary>tan x; NaN at ±∞.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static unsafe Vector512<double> Tan(Vector512<double> x)
    {
        Vector512<long> quarters = ReduceAngle(x, out Vector512<double> r, out Vector512<double> low);
        (Vector512<double> sine, Vector512<double> cosine) = SinCosOfRemainder(r, low);
        Vector512<double> odd = IsOdd(quarters);
        Vector512<double> y = KeepZero(x, ConditionalSelect(odd, -cosine, sine) / ConditionalSelect(odd, sine, cosine));
        return ReplaceLanes(GreaterThan(Abs(x), Create(ReductionLimit)), x, y, &Math.Tan);
    }

    /// <summary>sin πx; a zero of the sign of x at whole numbers, NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> SinPi(Vector512<double> x)
    {
        Vector512<long> quarters = ReduceTurns(x, out Vector512<double> r, out Vector512<double> low);
        Vector512<double> y = SinOfQuarters(quarters, r, low);
        return ConditionalSelect(IsZero(y), CopySign(y, x), y);
    }

    /// <summary>cos πx; NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> CosPi(Vector512<double> x)
    {
        Vector512<long> quarters = ReduceTurns(x, out Vector512<double> r, out Vector512<double> low);
        return SinOfQuarters(quarters + Vector512<long>.One, r, low) + Vector512<double>.Zero;
    }

    /// <summary>x = kπ/2 + r + low with |r| ≤ π/4; the low bits of the result are k. |x| ≤ <see cref="ReductionLimit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> ReduceAngle(Vector512<double> x, out Vector512<double> r, out Vector512<double> low)
    {
        const double twoOverPi = 0.6366197723675814;
        const double first = 1.5707963267341256, second = 6.077100506303966e-11, third = 2.0222662487959506e-21;
        Vector512<double> shifted = FusedMultiplyAdd(x, Create(twoOverPi), Create(RoundingShift));
        Vector512<double> k = shifted - Create(RoundingShift);

        // The first two products are exact, the first difference too; the second is rounded and its rounding kept.
        Vector512<double> near = FusedMultiplyAdd(-k, Create(first), x);
        Vector512<double> subtrahend = k * second;
        Vector512<double> difference = near - subtrahend;
        Vector512<double> taken = near - difference;
        Vector512<double> rest = (near - (difference + taken)) + (taken - subtrahend);
        rest = FusedMultiplyAdd(-k, Create(third), rest);
        r = difference + rest;
        low = rest - (r - difference);
        return shifted.AsInt64();
    }

    /// <summary>πx = kπ/2 + r + low up to whole turns, with |r| ≤ π/4; the low bits of the result are k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> ReduceTurns(Vector512<double> x, out Vector512<double> r, out Vector512<double> low)
    {
        Vector512<double> turn = x - Create(2.0) * Round(x * 0.5);
        Vector512<double> shifted = turn + turn + Create(RoundingShift);
        Vector512<double> fraction = turn - (shifted - Create(RoundingShift)) * 0.5;
        r = fraction * Math.PI;
        low = FusedMultiplyAdd(fraction, Create(Math.PI), -r) + fraction * PiRest;
        return shifted.AsInt64();
    }

    /// <summary>sin(r + low) and cos(r + low).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Sine, Vector512<double> Cosine) SinCosOfRemainder(Vector512<double> r, Vector512<double> low)
    {
        Vector512<double> z = r * r;
        Vector512<double> halfSquare = z * 0.5;
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> sine = r + FusedMultiplyAdd(z * r, Evaluate(z, SinCoefficients), low * (one - halfSquare));
        Vector512<double> top = one - halfSquare;
        Vector512<double> cosine = top + (((one - top) - halfSquare)
            + FusedMultiplyAdd(z * z, Evaluate(z, CosCoefficients), -(r * low)));
        return (sine, cosine);
    }

    /// <summary>sin(r + low + quarters·π/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SinOfQuarters(Vector512<long> quarters, Vector512<double> r, Vector512<double> low)
    {
        (Vector512<double> sine, Vector512<double> cosine) = SinCosOfRemainder(r, low);
        Vector512<double> sign = ShiftLeft(quarters & Create(2L), 62).AsDouble();
        return ConditionalSelect(IsOdd(quarters), cosine, sine) ^ sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> IsOdd(Vector512<long> n) => Vector512.Equals(n & Vector512<long>.One, Vector512<long>.One).AsDouble();
}
