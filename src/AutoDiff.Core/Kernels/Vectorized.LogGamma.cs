
namespace AutoDiff.Kernels;

/// <content>
/// log |Γ|: polynomials about 1 and 2, the recurrence Γ(x + 1) = xΓ(x) up to 10, Stirling's series beyond (Abramowitz, Stegun 6.1.41), each
/// with its logarithm in two parts. Lanes at or below zero go one by one.
/// </content>
internal static partial class Vectorized<L>
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
    internal static unsafe L LogGamma(L x)
    {
        L one = L.One, infinity = L.Constant(double.PositiveInfinity);
        L low = L.LessThan(x, L.Constant(0.5)), far = L.GreaterThanOrEqual(x, L.Constant(10.0));
        L middle = L.AndNot(L.GreaterThanOrEqual(x, L.Constant(1.5)), far);

        // Down to [1.5, 2.5), collecting the factors.
        L product = one, reduced = x;
        for (L above; !L.None((above = middle & L.GreaterThanOrEqual(reduced, L.Constant(2.5))));)
        {
            reduced -= above & one;
            product *= L.Select(above, reduced, one);
        }

        // log Γ = factor·(logarithm + subtrahend) + rest.
        L denormal = L.LessThan(x, L.Constant(SmallestNormal));
        L argument =
            L.Select(low, L.Select(denormal, x * DenormalLift, x), L.Select(far, x, product));
        (L log, L logRest) = LogInTwoParts(argument, denormal & L.Constant(-54.0));
        L head = log - (far & one);
        L headRest = ((log - head) - (far & one)) + logRest;
        L factor = L.Select(far, x - L.Constant(0.5), L.Select(low, -one, one));
        L main = factor * head;
        L mainRest = L.FusedMultiplyAdd(factor, headRest, L.FusedMultiplyAdd(factor, head, -main));

        L y = main + (mainRest + LogGammaRest(x, reduced, middle, far));
        y = L.Select(L.AreEqual(main, infinity), infinity, y);
        return ReplaceLanes(L.LessThanOrEqual(x, L.Zero), x, y, &SpecialFunctions.LogGammaOfNegative);
    }

    /// <summary>What log Γ has beside its logarithm.</summary>
    private static L LogGammaRest(
        L x, L reduced, L middle, L far)
    {
        const double halfLogTwoPiMinusHalf = 0.4189385332046727;
        L y = L.Zero;
        if (!L.All((middle | far)))
        {
            L z = x - (L.GreaterThanOrEqual(x, L.Constant(0.5)) & L.One);
            y = z * Polynomial.Evaluate(z, LogGammaNearOne);
        }

        if (!L.None(middle))
        {
            L z = reduced - L.Constant(2.0);
            y = L.Select(middle, z * Polynomial.Evaluate(z, LogGammaNearTwo), y);
        }

        if (!L.None(far))
        {
            L inverse = L.One / x;
            L series = inverse * Polynomial.Evaluate(inverse * inverse, StirlingCoefficients);
            y = L.Select(far, series + L.Constant(halfLogTwoPiMinusHalf), y);
        }

        return y;
    }
}
