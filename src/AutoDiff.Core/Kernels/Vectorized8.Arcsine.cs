using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// arcsin and arccos: an odd polynomial on [−½, ½]; beyond, arccos x = 2 arcsin √((1 − x)/2), whose argument is at most ½ again and whose
/// radicand is exact.
/// </content>
internal static partial class Vectorized8
{
    /// <summary>(arcsin(s)/s − 1) / s² in s², for |s| ≤ ½, error 2⁻⁵⁹ relative to s⁻².</summary>
    private static ReadOnlySpan<double> AsinCoefficients =>
    [
        0.16666666666666763, 0.07499999999970264, 0.04464285717512015, 0.03038194268363769, 0.02237221565990691, 0.017351600097087843,
        0.013980961400287444, 0.011397776363663827, 0.010786526988517826, 0.003683050116985621, 0.02176347764717837,
        -0.021077258433876724, 0.03267686608143648
    ];

    /// <summary>arcsin x; NaN beyond ±1.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Asin(Vector512<double> x)
    {
        Vector512<double> a = Abs(x);
        Vector512<double> far = GreaterThan(a, Create(0.5));
        Vector512<double> z = ConditionalSelect(far, (Vector512<double>.One - a) * 0.5, a * a);
        Vector512<double> s = ConditionalSelect(far, Sqrt(z), a);
        Vector512<double> rest = s * z * Evaluate(z, AsinCoefficients);
        Vector512<double> outer = Create(HalfPi) - (s + s + (rest + rest - Create(HalfPiRest)));
        return CopySign(ConditionalSelect(far, outer, s + rest), x);
    }

    /// <summary>arccos x; NaN beyond ±1.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static Vector512<double> Acos(Vector512<double> x)
    {
        Vector512<double> a = Abs(x);
        Vector512<double> far = GreaterThan(a, Create(0.5));
        Vector512<double> z = ConditionalSelect(far, (Vector512<double>.One - a) * 0.5, a * a);
        Vector512<double> s = ConditionalSelect(far, Sqrt(z), x);
        Vector512<double> rest = s * z * Evaluate(z, AsinCoefficients);
        Vector512<double> inner = Create(HalfPi) - (s + (rest - Create(HalfPiRest)));
        Vector512<double> right = s + s + (rest + rest);
        Vector512<double> left = Create(Math.PI) - (s + s + (rest + rest - Create(PiRest)));
        return ConditionalSelect(far, ConditionalSelect(LessThan(x, Vector512<double>.Zero), left, right), inner);
    }
}
