namespace AutoDiff.Samples.Greeks;

/// <summary>
/// A European call on a basket, (Σ wᵢSᵢ(T) − K)⁺. A weight may be negative: with weights 1 and −1 and K = 0 it is the option to exchange
/// one asset for the other.
/// </summary>
internal sealed class BasketCall(double[] weights, double strike, double maturity, double rate)
{
    /// <summary>The mean of discounted payoffs, path by path. Its first derivatives are right. Its second derivatives by the spots are
    /// zero, exactly, for the payoff is piecewise linear in them: the curvature sits in the kink, which no path meets.</summary>
    public Objective PathByPath(NormalSample sample) => Objective.Of(x =>
    {
        (VarVector spots, VarVector deviations) = Split(x);
        VarMatrix normals = sample.X;
        VarMatrix growth = Math.Exp(normals * deviations + (rate * maturity - 0.5 * Math.Square(deviations)));
        return Discount * Math.Max(growth.MatMul(weights * spots) - strike, 0).Mean();
    });

    /// <summary>The mean of discounted expectations given all normals but one: a smooth function, whose second derivatives are
    /// right.</summary>
    public Objective Conditional(NormalSample sample) => Objective.Of(x =>
    {
        (VarVector spots, VarVector deviations) = Split(x);
        VarMatrix normals = sample.Rest;
        VarVector beta = sample.Loadings * deviations;
        VarMatrix growth = Math.Exp(normals * deviations + (rate * maturity - 0.5 * (Math.Square(deviations) - Math.Square(beta))));
        return Discount * ConditionalCall.Mean(growth * (weights * spots), beta, strike);
    });

    private double Discount => Math.Exp(-rate * maturity);

    private (VarVector Spots, VarVector Deviations) Split(VarVector x) => (x[..weights.Length], x[weights.Length..] * Math.Sqrt(maturity));
}
