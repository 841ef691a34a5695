
namespace AutoDiff.Kernels;

/// <content>
/// arctan: an odd polynomial on [−1, 1] and arctan x = ±π/2 − arctan(1/x) beyond; the angle of a point from its quotient in two parts.
/// </content>
internal static partial class Vectorized<L>
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
    internal static L Atan(L x)
    {
        L a = L.Abs(x);
        L far = L.GreaterThan(a, L.One);
        L t = L.Select(far, L.One / a, a);
        L s = t * t;
        L curvature = t * s * Polynomial.Evaluate(s, AtanCoefficients);
        L near = t + curvature;
        L outer = L.Constant(HalfPi) - (t + (curvature - L.Constant(HalfPiRest)));
        return L.CopySign(L.Select(far, outer, near), x);
    }

    /// <summary>The angle of the point (x, y), in [−π, π], by the rules of <see cref="Math.Atan2"/>.</summary>
    /// <remarks>Worst error: 2 ulp.</remarks>
    internal static L Atan2(L y, L x)
    {
        L one = L.One, zero = L.Zero;
        L far = L.GreaterThan(L.Abs(y), L.Abs(x));
        L smaller = L.Abs(L.Select(far, x, y));
        L larger = L.Abs(L.Select(far, y, x));

        // At the origin the quotient counts as 0/1, between infinities as 1/1.
        L infinite = L.AreEqual(larger, L.Constant(double.PositiveInfinity));
        L finite = L.LessThan(smaller, L.Constant(double.PositiveInfinity));
        smaller = L.Select(infinite, L.Select(finite, zero, AtMost(smaller, 1)), smaller);
        larger = L.Select(infinite | L.IsZero(larger), one, larger);

        // t + low = smaller/larger, scaled so that neither the reciprocal nor the residual leaves the range.
        L scale = L.Select(
            L.GreaterThan(larger, L.Constant(3.273390607896142e+150)), L.Constant(6.223015277861142e-61),
                L.Select(L.LessThan(larger, L.Constant(3.054936363499605e-151)), L.Constant(1.6069380442589903e+60), one));
        smaller *= scale;
        larger *= scale;
        L inverse = one / larger;
        L t = smaller * inverse;
        L low = L.FusedMultiplyAdd(-t, larger, smaller) * inverse;
        L s = t * t;
        L slope = L.FusedMultiplyAdd(s, L.FusedMultiplyAdd(s, L.Constant(0.343), L.Constant(-0.828)), L.Constant(0.993));
        L rest = L.FusedMultiplyAdd(t * s, Polynomial.Evaluate(s, AtanCoefficients), low * slope);

        // The octants: 0 + t, π/2 − t, π/2 + t, π − t.
        L left = L.ShiftRightArithmetic(x, 63);
        L sign = (far ^ left) & L.Constant(-0.0);
        L quarters = L.Select(far, one, left & L.Constant(2.0));
        rest = L.FusedMultiplyAdd(quarters, L.Constant(HalfPiRest), rest ^ sign);
        return L.CopySign(L.FusedMultiplyAdd(quarters, L.Constant(HalfPi), (t ^ sign) + rest), y);
    }
}
