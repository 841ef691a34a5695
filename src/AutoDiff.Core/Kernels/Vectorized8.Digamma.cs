using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// ψ = Γ′/Γ: a polynomial on [1, 2] with the root in three parts divided out, the recurrence ψ(x + 1) = ψ(x) + 1/x, the asymptotic series
/// from 10 (Abramowitz, Stegun 6.3.5, 6.3.18). Lanes at or below zero go one by one.
/// </content>
internal static partial class Vectorized8
{
    /// <summary>ψ(1.5 + z) / (1.5 + z − root) for |z| ≤ ½, relative error 2⁻⁵⁴.</summary>
    private static ReadOnlySpan<double> DigammaNearRoot =>
    [
        0.9510558760318328, -0.4236274212814606, 0.24054248424078697, -0.14840492305388092, 0.09498872445289039,
        -0.06192213327548831, 0.040760833940846085, -0.026975796659787055, 0.017907248317313294, -0.011908220105959716,
        0.007927021796868154, -0.005279937255532708, 0.003518106563802472, -0.0023454947397380833, 0.0015633696313653504,
        -0.0010364584817312839, 0.0006909255761282986, -0.00048595039220036254, 0.00032395945401345196, -0.00014480643368061614,
        9.653646261410062e-05, -0.0001782188548855923, 0.00011881232908510335
    ];

    /// <summary>B₂ₖ / 2k, k = 1, 2, …: the asymptotic series in x⁻²ᵏ.</summary>
    private static ReadOnlySpan<double> DigammaAsymptotic =>
    [
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160
    ];

    /// <summary>
    /// ψ(x) = Γ′(x)/Γ(x); ∓∞ at ±0, NaN at the other poles and at −∞. Relatively accurate also next to the positive root 1.4616; next to
    /// the roots on the negative axis, where terms cancel, the error is absolute.
    /// </summary>
    /// <remarks>Worst error: 2 ulp for x &gt; 0; below, 2 ulp of the larger of |result| and |xψ′(x)|.</remarks>
    internal static unsafe Vector512<double> Digamma(Vector512<double> x)
    {
        Vector512<double> far = GreaterThanOrEqual(x, Create(10.0));
        Vector512<double> y = Vector512<double>.Zero;
        if (!EqualsAll(far.AsInt64(), Vector512<long>.AllBitsSet))
            y = DigammaByRecurrence(ConditionalSelect(far, Vector512<double>.One, x));
        if (!EqualsAll(far.AsInt64(), Vector512<long>.Zero))
        {
            Vector512<double> inverse = Vector512<double>.One / x, square = inverse * inverse;
            Vector512<double> below = FusedMultiplyAdd(square, Evaluate(square, DigammaAsymptotic), inverse * 0.5);
            y = ConditionalSelect(far, Log(x) - below, y);
        }

        return ReplaceLanes(LessThanOrEqual(x, Vector512<double>.Zero), x, y, &SpecialFunctions.DigammaOfNegative);
    }

    /// <summary>ψ(x) for 0 &lt; x &lt; 10.</summary>
    private static Vector512<double> DigammaByRecurrence(Vector512<double> x)
    {
        const double root = 1.4616321325302124, rootRest = 1.2438149938918909e-08, rootLast = 4.341643069426251e-25;
        Vector512<double> one = Vector512<double>.One, two = Create(2.0);
        Vector512<double> below = LessThan(x, one);
        Vector512<double> sum = below & (-one / x);
        x += below & one;
        for (; GreaterThanAny(x, two);)
        {
            Vector512<double> above = GreaterThan(x, two);
            x -= above & one;
            sum += above & (one / x);
        }

        return FusedMultiplyAdd(
            x - Create(root) - Create(rootRest) - Create(rootLast), Evaluate(x - Create(1.5), DigammaNearRoot), sum);
    }
}
