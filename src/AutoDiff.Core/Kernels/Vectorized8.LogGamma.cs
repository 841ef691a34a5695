using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace AutoDiff.Kernels;

/// <content>
/// log |Γ|: polynomials about 1 and 2, the recurrence Γ(x + 1) = xΓ(x) up to 10, Stirling's series beyond (Abramowitz, Stegun 6.1.41), each
/// with its logarithm in two parts. Lanes at or below zero go one by one.
/// </content>
internal static partial class Vectorized8
{
    /// <summary>log Γ(1 + z) / z for |z| ≤ ½, relative error 2⁻⁵⁴.</summary>
    private static ReadOnlySpan<double> LogGammaNearOne =>
    [
        -0.5772156649015329, 0.8224670334241132, -0.4006856343865406, 0.2705808084277935, -0.2073855510262953, 0.16955717699509998,
        -0.14404989701106719, 0.1255096697597847, -0.1113342530365414, 0.10009944506030896, -0.09095442301348973,
        0.08335423437020126, -0.07692423568567124, 0.07142491150665906, -0.06678275881746833, 0.0626116167474043,
        -0.057737256640806416, 0.054501409023364235, -0.059850048562680856, 0.057003000096539545, -0.014509338086091672,
        0.01333577663873192, -0.14497971020532596, 0.14011729595820724, 0.1528715168258553, -0.14857260899606312,
        -0.22471180158915516, 0.21762817640022097
    ];

    /// <summary>log Γ(2 + z) / z for |z| ≤ ½, relative error 2⁻⁵³.</summary>
    private static ReadOnlySpan<double> LogGammaNearTwo =>
    [
        0.42278433509846713, 0.32246703342411326, -0.0673523010531981, 0.02058080842778038, -0.0073855510286719986,
        0.002890510331034267, -0.0011927539118428156, 0.0005096695154115458, -0.00022315475400520507, 9.945767355819498e-05,
        -4.49263133791557e-05, 2.0505590755833454e-05, -9.438715099211532e-06, 4.38470440459836e-06, -2.0439048107029907e-06,
        9.200527894968101e-07, -4.3252393445604814e-07, 2.78740805211359e-07, -1.3219945666117874e-07
    ];

    /// <summary>B₂ₖ / (2k(2k − 1)), k = 1, 2, …: Stirling's series in x¹⁻²ᵏ.</summary>
    private static ReadOnlySpan<double> StirlingCoefficients =>
    [
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400
    ];

    /// <summary>
    /// log |Γ(x)|; +∞ at the poles 0, −1, −2, … and at ±∞. Relatively accurate also next to the roots 1 and 2; next to the roots on the
    /// negative axis, where terms cancel, the error is absolute.
    /// </summary>
    /// <remarks>Worst error: 2 ulp for x &gt; 0; below, 2 ulp of the largest of |result|, |xψ(x)| and 1.</remarks>
    internal static unsafe Vector512<double> LogGamma(Vector512<double> x)
    {
        Vector512<double> one = Vector512<double>.One, infinity = Create(double.PositiveInfinity);
        Vector512<double> low = LessThan(x, Create(0.5)), far = GreaterThanOrEqual(x, Create(10.0));
        Vector512<double> middle = AndNot(GreaterThanOrEqual(x, Create(1.5)), far);

        // Down to [1.5, 2.5), collecting the factors.
        Vector512<double> product = one, reduced = x;
        for (Vector512<double> above; !EqualsAll(
            (above = middle & GreaterThanOrEqual(reduced, Create(2.5))).AsInt64(), Vector512<long>.Zero);)
        {
            reduced -= above & one;
            product *= ConditionalSelect(above, reduced, one);
        }

        // log Γ = factor·(logarithm + subtrahend) + rest.
        Vector512<double> denormal = LessThan(x, Create(SmallestNormal));
        Vector512<double> argument =
            ConditionalSelect(low, ConditionalSelect(denormal, x * DenormalLift, x), ConditionalSelect(far, x, product));
        (Vector512<double> log, Vector512<double> logRest) = LogInTwoParts(argument, denormal & Create(-54.0));
        Vector512<double> head = log - (far & one);
        Vector512<double> headRest = ((log - head) - (far & one)) + logRest;
        Vector512<double> factor = ConditionalSelect(far, x - Create(0.5), ConditionalSelect(low, -one, one));
        Vector512<double> main = factor * head;
        Vector512<double> mainRest = FusedMultiplyAdd(factor, headRest, FusedMultiplyAdd(factor, head, -main));

        Vector512<double> y = main + (mainRest + LogGammaRest(x, reduced, middle, far));
        y = ConditionalSelect(Vector512.Equals(main, infinity), infinity, y);
        return ReplaceLanes(LessThanOrEqual(x, Vector512<double>.Zero), x, y, &SpecialFunctions.LogGammaOfNegative);
    }

    /// <summary>What log Γ has beside its logarithm.</summary>
    private static Vector512<double> LogGammaRest(
        Vector512<double> x, Vector512<double> reduced, Vector512<double> middle, Vector512<double> far)
    {
        const double halfLogTwoPiMinusHalf = 0.4189385332046727;
        Vector512<double> y = Vector512<double>.Zero;
        if (!EqualsAll((middle | far).AsInt64(), Vector512<long>.AllBitsSet))
        {
            Vector512<double> z = x - (GreaterThanOrEqual(x, Create(0.5)) & Vector512<double>.One);
            y = z * Evaluate(z, LogGammaNearOne);
        }

        if (!EqualsAll(middle.AsInt64(), Vector512<long>.Zero))
        {
            Vector512<double> z = reduced - Create(2.0);
            y = ConditionalSelect(middle, z * Evaluate(z, LogGammaNearTwo), y);
        }

        if (!EqualsAll(far.AsInt64(), Vector512<long>.Zero))
        {
            Vector512<double> inverse = Vector512<double>.One / x;
            Vector512<double> series = inverse * Evaluate(inverse * inverse, StirlingCoefficients);
            y = ConditionalSelect(far, series + Create(halfLogTwoPiMinusHalf), y);
        }

        return y;
    }
}
