using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// sin and cos: x − kπ/2 with π/2 in three parts (W. J. Cody, W. Waite, Software Manual for the Elementary Functions, 1980), the remainder
/// in two, and a polynomial each on |r| ≤ π/4. Lanes beyond 2²⁰, rare as they are, go to System.Math one by one.
/// </content>
internal static partial class Vectorized
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
        Vector512<double> y = KeepZero(x, SinOfQuarters(x, Vector512<long>.Zero));
        return GreaterThanAny(Abs(x), Create(ReductionLimit)) ? ReplaceFar(x, y, &Math.Sin) : y;
    }

    /// <summary>cos x; NaN at ±∞.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static unsafe Vector512<double> Cos(Vector512<double> x)
    {
        Vector512<double> y = SinOfQuarters(x, Vector512<long>.One);
        return GreaterThanAny(Abs(x), Create(ReductionLimit)) ? ReplaceFar(x, y, &Math.Cos) : y;
    }

    /// <summary>sin(x + quarters·π/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SinOfQuarters(Vector512<double> x, Vector512<long> quarters)
    {
        const double twoOverPi = 0.6366197723675814;
        const double first = 1.5707963267341256, second = 6.077100506303966e-11, third = 2.0222662487959506e-21;
        Vector512<double> shifted = FusedMultiplyAdd(x, Create(twoOverPi), Create(RoundingShift));
        Vector512<double> k = shifted - Create(RoundingShift);
        quarters += shifted.AsInt64();

        // The first two products are exact, the first difference too; the second is rounded and its rounding kept.
        Vector512<double> near = FusedMultiplyAdd(-k, Create(first), x);
        Vector512<double> subtrahend = k * second;
        Vector512<double> difference = near - subtrahend;
        Vector512<double> taken = near - difference;
        Vector512<double> rest = (near - (difference + taken)) + (taken - subtrahend);
        rest = FusedMultiplyAdd(-k, Create(third), rest);
        Vector512<double> r = difference + rest;
        Vector512<double> low = rest - (r - difference);

        Vector512<double> z = r * r;
        Vector512<double> halfSquare = z * 0.5;
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> sine = r + FusedMultiplyAdd(z * r, Polynomial.Evaluate(z, SinCoefficients), low * (one - halfSquare));
        Vector512<double> top = one - halfSquare;
        Vector512<double> cosine = top + (((one - top) - halfSquare)
            + FusedMultiplyAdd(z * z, Polynomial.Evaluate(z, CosCoefficients), -(r * low)));

        Vector512<double> odd = Vector512.Equals(quarters & Vector512<long>.One, Vector512<long>.One).AsDouble();
        Vector512<double> sign = ShiftLeft(quarters & Create(2L), 62).AsDouble();
        return ConditionalSelect(odd, cosine, sine) ^ sign;
    }

    /// <summary>y with the lanes of large |x| replaced by f(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Vector512<double> ReplaceFar(Vector512<double> x, Vector512<double> y, delegate*<double, double> f)
    {
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            if (Math.Abs(x[lane]) > ReductionLimit)
                y = y.WithElement(lane, f(x[lane]));
        }

        return y;
    }
}
