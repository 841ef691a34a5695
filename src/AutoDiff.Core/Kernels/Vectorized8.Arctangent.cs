using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// arctan: an odd polynomial on [−1, 1] and arctan x = ±π/2 − arctan(1/x) beyond; the angle of a point from its quotient in two parts.
/// </content>
internal static partial class Vectorized8
{
    private const double HalfPi = 1.5707963267948966, HalfPiRest = 6.123233995736766e-17, PiRest = 2 * HalfPiRest;

    /// <summary>(arctan(t)/t − 1) / t² in t², for |t| ≤ 1, error 2⁻⁵⁴.</summary>
    private static ReadOnlySpan<double> AtanCoefficients =>
    [
        -0.3333333333333333, 0.19999999999999554, -0.14285714285648404, 0.11111111107234799, -0.09090908969557403,
        0.07692305354678655, -0.06666636435777692, 0.05882074956371294, -0.05261265735709454, 0.04752086773576656,
        -0.04308119655330471, 0.03872640214042632, -0.033750132001619734, 0.027567942297344678, -0.020238706986393514,
        0.012756172907694298, -0.006575683344151699, 0.002622977891906089, -0.0007518472526973822, 0.0001368724853148122,
        -1.1832505417555692e-05
    ];

    /// <summary>arctan x.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector512<double> Atan(Vector512<double> x)
    {
        Vector512<double> a = Abs(x);
        Vector512<double> far = GreaterThan(a, Vector512<double>.One);
        Vector512<double> t = ConditionalSelect(far, Vector512<double>.One / a, a);
        Vector512<double> s = t * t;
        Vector512<double> curvature = t * s * Evaluate(s, AtanCoefficients);
        Vector512<double> near = t + curvature;
        Vector512<double> outer = Create(HalfPi) - (t + (curvature - Create(HalfPiRest)));
        return CopySign(ConditionalSelect(far, outer, near), x);
    }

    /// <summary>The angle of the point (x, y), in [−π, π], by the rules of <see cref="Math.Atan2"/>.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static Vector512<double> Atan2(Vector512<double> y, Vector512<double> x)
    {
        Vector512<double> one = Vector512<double>.One, zero = Vector512<double>.Zero;
        Vector512<double> far = GreaterThan(Abs(y), Abs(x));
        Vector512<double> smaller = Abs(ConditionalSelect(far, x, y));
        Vector512<double> larger = Abs(ConditionalSelect(far, y, x));

        // At the origin the quotient counts as 0/1, between infinities as 1/1.
        Vector512<double> infinite = Vector512.Equals(larger, Create(double.PositiveInfinity));
        Vector512<double> finite = LessThan(smaller, Create(double.PositiveInfinity));
        smaller = ConditionalSelect(infinite, ConditionalSelect(finite, zero, AtMost(smaller, 1)), smaller);
        larger = ConditionalSelect(infinite | IsZero(larger), one, larger);

        // t + low = smaller/larger, scaled so that neither the reciprocal nor the residual leaves the range.
        Vector512<double> scale = ConditionalSelect(
            GreaterThan(larger, Create(3.273390607896142e+150)), Create(6.223015277861142e-61),
                ConditionalSelect(LessThan(larger, Create(3.054936363499605e-151)), Create(1.6069380442589903e+60), one));
        smaller *= scale;
        larger *= scale;
        Vector512<double> inverse = one / larger;
        Vector512<double> t = smaller * inverse;
        Vector512<double> low = FusedMultiplyAdd(-t, larger, smaller) * inverse;
        Vector512<double> s = t * t;
        Vector512<double> slope = FusedMultiplyAdd(s, FusedMultiplyAdd(s, Create(0.343), Create(-0.828)), Create(0.993));
        Vector512<double> rest = FusedMultiplyAdd(t * s, Evaluate(s, AtanCoefficients), low * slope);

        // The octants: 0 + t, π/2 − t, π/2 + t, π − t.
        Vector512<double> left = LessThan(x.AsInt64(), Vector512<long>.Zero).AsDouble();
        Vector512<double> sign = (far ^ left) & Create(-0.0);
        Vector512<double> quarters = ConditionalSelect(far, one, left & Create(2.0));
        rest = FusedMultiplyAdd(quarters, Create(HalfPiRest), rest ^ sign);
        return CopySign(FusedMultiplyAdd(quarters, Create(HalfPi), (t ^ sign) + rest), y);
    }
}
