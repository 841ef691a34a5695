
namespace AutoDiff.Kernels;

/// <content>
/// arcsin and arccos: an odd polynomial on [−½, ½]; beyond, arccos x = 2 arcsin √((1 − x)/2), whose argument is at most ½ again and whose
/// radicand is exact.
/// </content>
internal static partial class Vectorized<L>
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
    internal static L Asin(L x)
    {
        L a = L.Abs(x);
        L far = L.GreaterThan(a, L.Constant(0.5));
        L z = L.Select(far, (L.One - a) * 0.5, a * a);
        L s = L.Select(far, L.Sqrt(z), a);
        L rest = s * z * Polynomial.Evaluate(z, AsinCoefficients);
        L outer = L.Constant(HalfPi) - (s + s + (rest + rest - L.Constant(HalfPiRest)));
        return L.CopySign(L.Select(far, outer, s + rest), x);
    }

    /// <summary>arccos x; NaN beyond ±1.</summary>
    /// <remarks>Worst error: 1 ulp.</remarks>
    internal static L Acos(L x)
    {
        L a = L.Abs(x);
        L far = L.GreaterThan(a, L.Constant(0.5));
        L z = L.Select(far, (L.One - a) * 0.5, a * a);
        L s = L.Select(far, L.Sqrt(z), x);
        L rest = s * z * Polynomial.Evaluate(z, AsinCoefficients);
        L inner = L.Constant(HalfPi) - (s + (rest - L.Constant(HalfPiRest)));
        L right = s + s + (rest + rest);
        L left = L.Constant(Math.PI) - (s + s + (rest + rest - L.Constant(PiRest)));
        return L.Select(far, L.Select(L.LessThan(x, L.Zero), left, right), inner);
    }
}
