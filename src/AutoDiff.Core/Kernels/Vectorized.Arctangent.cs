using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>arctan: an odd polynomial on [−1, 1] and arctan x = ±π/2 − arctan(1/x) beyond.</content>
internal static partial class Vectorized
{
    private const double HalfPi = 1.5707963267948966, HalfPiRest = 6.123233995736766e-17;

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
        Vector512<double> curvature = t * s * Polynomial.Evaluate(s, AtanCoefficients);
        Vector512<double> near = t + curvature;
        Vector512<double> outer = Create(HalfPi) - (t + (curvature - Create(HalfPiRest)));
        return CopySign(ConditionalSelect(far, outer, near), x);
    }
}
