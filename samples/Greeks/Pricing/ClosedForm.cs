namespace AutoDiff.Samples.Greeks;

/// <summary>Prices and Greeks by formulas written out by hand: nothing here is differentiated.</summary>
/// <param name="Price">The price.</param>
/// <param name="Gradient">Its first derivatives.</param>
/// <param name="Hessian">Its second derivatives.</param>
internal sealed record ClosedForm(double Price, double[] Gradient, double[,] Hessian)
{
    /// <summary>A call on one asset, by (S, σ): delta and vega; gamma, vanna and volga (F. Black, M. Scholes, The pricing of options and
    /// corporate liabilities, 1973).</summary>
    public static ClosedForm BlackScholes(double spot, double volatility, double strike, double maturity, double rate)
    {
        double s = volatility * Math.Sqrt(maturity), d1 = (Math.Log(spot / strike) + rate * maturity) / s + 0.5 * s, d2 = d1 - s;
        double vega = spot * Density(d1) * Math.Sqrt(maturity), vanna = -Density(d1) * d2 / volatility;
        return new ClosedForm(
            spot * Math.NormalCdf(d1) - strike * Math.Exp(-rate * maturity) * Math.NormalCdf(d2), [Math.NormalCdf(d1), vega],
            new[,] { { Density(d1) / (spot * s), vanna }, { vanna, vega * d1 * d2 / volatility } });
    }

    /// <summary>A call on the geometric mean, by the spots. With A, the discounted forward of the mean, which is homogeneous in each spot
    /// of degree 1/d: ∂A/∂Sᵢ = A/(dSᵢ) and ∂²A/∂Sᵢ∂Sⱼ = A(1/d² − δᵢⱼ/d)/(SᵢSⱼ).</summary>
    public static ClosedForm Geometric(Market market, double strike, double maturity)
    {
        int d = market.Assets;
        double mean = 0, variance = 0;
        for (int i = 0; i < d; i++)
        {
            double sigma = market.Volatilities[i];
            mean += (Math.Log(market.Spots[i]) + (market.Rate - 0.5 * sigma * sigma) * maturity) / d;
            for (int j = 0; j < d; j++)
                variance += maturity * market.Correlation[i, j] * sigma * market.Volatilities[j] / (d * d);
        }
        double s = Math.Sqrt(variance), discount = Math.Exp(-market.Rate * maturity), a = discount * Math.Exp(mean + 0.5 * variance);
        double d1 = (mean - Math.Log(strike) + variance) / s, byA = Math.NormalCdf(d1), byAA = Density(d1) / (a * s);
        double[] gradient = new double[d];
        double[,] hessian = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            gradient[i] = byA * a / (d * market.Spots[i]);
            for (int j = 0; j < d; j++)
                hessian[i, j] = (byAA * a * a / (d * d) + byA * a * (1.0 / (d * d) - (i == j ? 1.0 / d : 0))) / (
                    market.Spots[i] * market.Spots[j]);
        }
        return new ClosedForm(a * byA - strike * discount * Math.NormalCdf(d1 - s), gradient, hessian);
    }

    /// <summary>The option to get the first of two assets for the second, by the spots (W. Margrabe, The value of an option to exchange one
    /// asset for another, 1978).</summary>
    public static ClosedForm Exchange(Market market, double maturity)
    {
        double s1 = market.Spots[0], s2 = market.Spots[1], sigma1 = market.Volatilities[0], sigma2 = market.Volatilities[1];
        double s = Math.Sqrt((sigma1 * sigma1 + sigma2 * sigma2 - 2 * market.Correlation[0, 1] * sigma1 * sigma2) * maturity);
        double d1 = Math.Log(s1 / s2) / s + 0.5 * s, d2 = d1 - s, cross = -Density(d1) / (s2 * s);
        return new ClosedForm(s1 * Math.NormalCdf(d1) - s2 * Math.NormalCdf(d2), [Math.NormalCdf(d1), -Math.NormalCdf(d2)],
            new[,] { { Density(d1) / (s1 * s), cross }, { cross, Density(d2) / (s2 * s) } });
    }

    private static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
}
