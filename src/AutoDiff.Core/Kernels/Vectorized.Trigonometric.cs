using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <content>
/// sin, cos and tan: x − kπ/2 with π/2 in three parts (W. J. Cody, W. Waite, Software Manual for the Elementary Functions, 1980), the
/// remainder in two, and a polynomial each on |r| ≤ π/4. Lanes beyond 2²⁰, rare as they are, go to System.Math one by one. sin πx and
/// cos πx: x − k/2 is exact, and so no argument is too large.
/// </content>
internal static partial class Vectorized<L>
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
    internal static unsafe L Sin(L x)
    {
        L quarters = ReduceAngle(x, out L r, out L low);
        L y = KeepZero(x, SinOfQuarters(quarters, r, low));
        return ReplaceLanes(L.GreaterThan(L.Abs(x), L.Constant(ReductionLimit)), x, y, &Math.Sin);
    }

    /// <summary>cos x; NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static unsafe L Cos(L x)
    {
        L quarters = ReduceAngle(x, out L r, out L low);
        L y = SinOfQuarters(L.AddBits(quarters, L.Bits(1)), r, low);
        return ReplaceLanes(L.GreaterThan(L.Abs(x), L.Constant(ReductionLimit)), x, y, &Math.Cos);
    }

    /// <summary>tan x; NaN at ±∞.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static unsafe L Tan(L x)
    {
        L quarters = ReduceAngle(x, out L r, out L low);
        (L sine, L cosine) = SinCosOfRemainder(r, low);
        L odd = IsOdd(quarters);
        L y = KeepZero(x, L.Select(odd, -cosine, sine) / L.Select(odd, sine, cosine));
        return ReplaceLanes(L.GreaterThan(L.Abs(x), L.Constant(ReductionLimit)), x, y, &Math.Tan);
    }

    /// <summary>sin πx; a zero of the sign of x at whole numbers, NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L SinPi(L x)
    {
        L quarters = ReduceTurns(x, out L r, out L low);
        L y = SinOfQuarters(quarters, r, low);
        return L.Select(L.IsZero(y), L.CopySign(y, x), y);
    }

    /// <summary>cos πx; NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L CosPi(L x)
    {
        L quarters = ReduceTurns(x, out L r, out L low);
        return SinOfQuarters(L.AddBits(quarters, L.Bits(1)), r, low) + L.Zero;
    }

    /// <summary>x = kπ/2 + r + low with |r| ≤ π/4; the low bits of the result are k. |x| ≤ <see cref="ReductionLimit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L ReduceAngle(L x, out L r, out L low)
    {
        const double twoOverPi = 0.6366197723675814;
        const double first = 1.5707963267341256, second = 6.077100506303966e-11, third = 2.0222662487959506e-21;
        L shifted = L.FusedMultiplyAdd(x, L.Constant(twoOverPi), L.Constant(RoundingShift));
        L k = shifted - L.Constant(RoundingShift);

        // The first two products are exact, the first difference too; the second is rounded and its rounding kept.
        L near = L.FusedMultiplyAdd(-k, L.Constant(first), x);
        L subtrahend = k * second;
        L difference = near - subtrahend;
        L taken = near - difference;
        L rest = (near - (difference + taken)) + (taken - subtrahend);
        rest = L.FusedMultiplyAdd(-k, L.Constant(third), rest);
        r = difference + rest;
        low = rest - (r - difference);
        return shifted;
    }

    /// <summary>πx = kπ/2 + r + low up to whole turns, with |r| ≤ π/4; the low bits of the result are k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L ReduceTurns(L x, out L r, out L low)
    {
        L turn = x - L.Constant(2.0) * L.Round(x * 0.5);
        L shifted = turn + turn + L.Constant(RoundingShift);
        L fraction = turn - (shifted - L.Constant(RoundingShift)) * 0.5;
        r = fraction * Math.PI;
        low = L.FusedMultiplyAdd(fraction, L.Constant(Math.PI), -r) + fraction * PiRest;
        return shifted;
    }

    /// <summary>sin(r + low) and cos(r + low).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (L Sine, L Cosine) SinCosOfRemainder(L r, L low)
    {
        L z = r * r;
        L halfSquare = z * 0.5;
        L one = L.One;
        L sine = r + L.FusedMultiplyAdd(z * r, Polynomial.Evaluate(z, SinCoefficients), low * (one - halfSquare));
        L top = one - halfSquare;
        L cosine = top + (((one - top) - halfSquare)
            + L.FusedMultiplyAdd(z * z, Polynomial.Evaluate(z, CosCoefficients), -(r * low)));
        return (sine, cosine);
    }

    /// <summary>sin(r + low + quarters·π/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L SinOfQuarters(L quarters, L r, L low)
    {
        (L sine, L cosine) = SinCosOfRemainder(r, low);
        L sign = L.ShiftLeft(quarters & L.Bits(2), 62);
        return L.Select(IsOdd(quarters), cosine, sine) ^ sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L IsOdd(L n) => L.AreSameBits(n & L.Bits(1), L.Bits(1));
}
