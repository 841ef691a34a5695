using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// Sine and cosine: reduction by multiples of π/2 in three parts (W. J. Cody, W. Waite, Software Manual for the Elementary Functions, 1980), then the
/// polynomials of FDLIBM's kernels on [−π/4, π/4]. Larger arguments go through the scalar functions, each lane by itself.
/// </content>
internal static unsafe partial class Vectorized
{
    /// <summary>Up to here three parts of π/2 reduce an argument without loss.</summary>
    private const double LargestReduced = 262_144;

    private const double HalfPiHigh = 1.5707963267948966, HalfPiMiddle = 6.123233995736766e-17, HalfPiLow = -1.4973849048591833e-33;

    /// <summary>(sin r − r)/r³ + 1/6 over r², in r².</summary>
    private static ReadOnlySpan<double> SinCoefficients =>
        [8.33333333332248946124e-03, -1.98412698298579493134e-04, 2.75573137070700676789e-06, -2.50507602534068634195e-08, 1.58969099521155010221e-10];

    /// <summary>(cos r − 1 + r²/2)/r⁴ in r².</summary>
    private static ReadOnlySpan<double> CosCoefficients =>
    [
        4.16666666666666019037e-02, -1.38888888888741095749e-03, 2.48015872894767294178e-05, -2.75573143513906633035e-07,
        2.08757232129817482790e-09, -1.13596475577881948265e-11
    ];

    private const double MinusSixth = -1.66666666666666324348e-01;

    /// <summary>sin x.</summary>
    internal static Vector512<double> Sin(Vector512<double> x) => LaneByLaneWhereLarge(x, InQuadrant(x, 0), &Math.Sin);

    /// <summary>cos x = sin(x + π/2).</summary>
    internal static Vector512<double> Cos(Vector512<double> x) => LaneByLaneWhereLarge(x, InQuadrant(x, 1), &Math.Cos);

    private static Vector512<double> InQuadrant(Vector512<double> x, long ahead)
    {
        // x = n·π/2 + r + tail; the sum with zero makes −0 of no multiple.
        Vector512<double> n = Round(x * (2 / Math.PI)) + Vector512<double>.Zero;
        Vector512<double> leading = FusedMultiplyAdd(n, Create(-HalfPiHigh), x);
        Vector512<double> r = FusedMultiplyAdd(n, Create(-HalfPiMiddle), leading);
        Vector512<double> tail = FusedMultiplyAdd(n, Create(-HalfPiMiddle), leading - r) - n * HalfPiLow;

        Vector512<double> square = r * r, cube = square * r, half = 0.5 * square, one = Vector512<double>.One;
        Vector512<double> sin = r - (square * (0.5 * tail - cube * Polynomial.Evaluate(square, SinCoefficients)) - tail - cube * MinusSixth);
        Vector512<double> rounded = one - half;
        Vector512<double> cos = rounded + ((one - rounded - half) + (square * square * Polynomial.Evaluate(square, CosCoefficients) - r * tail));

        Vector512<long> quadrant = ConvertToInt64(n) + Create(ahead);
        Vector512<double> odd = Vector512.Equals(quadrant & Create(1L), Create(1L)).AsDouble();
        Vector512<double> sign = ShiftLeft(quadrant & Create(2L), 62).AsDouble();
        return ConditionalSelect(odd, cos, sin) ^ sign;
    }

    private static Vector512<double> LaneByLaneWhereLarge(Vector512<double> x, Vector512<double> y, delegate*<double, double> f)
    {
        if (LessThanOrEqualAll(Abs(x), Create(LargestReduced)))
            return y;
        for (int i = 0; i < Vector512<double>.Count; i++)
        {
            if (!(Math.Abs(x[i]) <= LargestReduced))
                y = y.WithElement(i, f(x[i]));
        }
        return y;
    }
}
