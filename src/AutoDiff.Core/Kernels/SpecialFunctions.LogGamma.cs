namespace AutoDiff.Kernels;

/// <content>The logarithm of the gamma function.</content>
internal static partial class SpecialFunctions
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
    /// <remarks>
    /// Polynomials about 1 and 2, the recurrence Γ(x + 1) = xΓ(x) up to 10, Stirling's series beyond (Abramowitz, Stegun 6.1.41),
    /// reflection below zero (6.1.17). Worst error: 2 ulp for x &gt; 0; below, 2 ulp of the largest of |result|, |xψ(x)| and 1.
    /// </remarks>
    internal static double LogGamma(double x)
    {
        if (double.IsInfinity(x))
            return double.PositiveInfinity;
        if (x <= 0)
            return LogGammaOfNegative(x);
        if (x < 0.5)
            return Math.FusedMultiplyAdd(x, Polynomial.Evaluate(x, LogGammaNearOne), -Math.Log(x));
        if (x < 1.5)
            return Math.FusedMultiplyAdd(x - 1, Polynomial.Evaluate(x - 1, LogGammaNearOne), 0.0);
        return x < 10 ? LogGammaByRecurrence(x) : LogGammaByStirling(x);
    }

    private static double LogGammaByRecurrence(double x)
    {
        double product = 1;
        for (; x >= 2.5; product *= x)
            x--;
        double z = x - 2;
        double logGamma = z * Polynomial.Evaluate(z, LogGammaNearTwo);
        return product == 1 ? logGamma : logGamma + Math.Log(product);
    }

    private static double LogGammaByStirling(double x)
    {
        const double halfLogTwoPiMinusHalf = 0.4189385332046727;
        double inverse = 1 / x;
        double series = inverse * Polynomial.Evaluate(inverse * inverse, StirlingCoefficients);
        return Math.FusedMultiplyAdd(x - 0.5, Math.Log(x) - 1, halfLogTwoPiMinusHalf + series);
    }

    /// <summary>Γ(x) = Γ(x + n) / (x(x + 1)…(x + n − 1)) while the product is short, else Γ(x)Γ(−x) = −π / (x sin πx).</summary>
    private static double LogGammaOfNegative(double x)
    {
        const double logPi = 1.1447298858494002;
        double distance = x - Math.Round(x);
        if (distance == 0)
            return double.PositiveInfinity;
        if (x > -10)
        {
            double product = x;
            for (x++; x < 0.5; x++)
                product *= x;
            return LogGamma(x) - Math.Log(Math.Abs(product));
        }

        return logPi - Math.Log(Math.Abs(x * Math.Sin(Math.PI * distance))) - LogGamma(-x);
    }
}
