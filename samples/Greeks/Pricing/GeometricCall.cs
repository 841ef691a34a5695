namespace AutoDiff.Samples.Greeks;

/// <summary>A European call on the geometric mean of the assets, ((S₁(T) ⋯ S_d(T))^(1/d) − K)⁺: lognormal, hence with a closed formula to
/// hold the Monte Carlo Greeks to.</summary>
internal sealed class GeometricCall(int assets, double strike, double maturity, double rate)
{
    /// <summary>The mean of discounted expectations given all normals but one.</summary>
    public Objective Conditional(NormalSample sample) => Objective.Of(x =>
    {
        VarMatrix normals = sample.Rest;
        VarVector deviations = x[assets..] * Math.Sqrt(maturity);
        Var beta = (sample.Loadings * deviations).Mean();
        VarMatrix logarithms = normals * deviations + (Math.Log(x[..assets]) + (rate * maturity - 0.5 * Math.Square(deviations)));
        VarVector forwards = Math.Exp(logarithms.MeanColumns() + 0.5 * Math.Square(beta));
        return Math.Exp(-rate * maturity) * ConditionalCall.Mean(forwards.AsColumn(), VarVector.Of(beta), strike);
    });
}
