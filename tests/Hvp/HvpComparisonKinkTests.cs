using AutoDiff.Hvp;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Hvp;

/// <summary>Comparisons beside many kinks.</summary>
public class HvpComparisonKinkTests
{
    /// <summary>The price of a put by simulation of one step, as a function of spot, volatility and rate: a kink for every path.</summary>
    private static Objective Put(int paths, ulong seed)
    {
        var random = new SplitMix64(seed);
        double[] z = new double[paths];
        for (int k = 0; k < paths; k++)
            z[k] = Math.Sqrt(-2 * Math.Log(1 - random.NextUnit())) * Math.Cos(2 * Math.PI * random.NextUnit());
        return Objective.Of(x =>
        {
            (Var spot, Var volatility, Var rate) = (x[0], x[1], x[2]);
            VarVector payoff = Math.Relu(100 - spot * Math.Exp(volatility * (VarVector)z + (rate - 0.5 * volatility * volatility)));
            return Math.Exp(-rate) * payoff.Mean();
        });
    }

    private static readonly double[] s_market = [100, 0.2, 0.03], s_alongSpot = [1, 0, 0];

    [Theory, InlineData(100), InlineData(1000), InlineData(10_000)]
    public void An_exact_product_among_kinks_is_never_called_wrong(int paths)
    {
        int agreed = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            HvpComparison c = HvpComparison.Run(Put(paths, seed), s_market, s_alongSpot);
            c.Verdict.ShouldNotBe(HvpVerdict.Disagree, $"seed {seed}: {c}");
            agreed += c.Verdict == HvpVerdict.Agree ? 1 : 0;
            if (!c.Findings.HasFlag(HvpFindings.KinkInsideStep))
                continue;
            c.Kinks.ShouldNotBeEmpty();
            c.Kinks.ShouldAllBe(k => k.Operation == "Relu");
            c.Reason.ShouldContain("Relu");
        }
        agreed.ShouldBeGreaterThan(15);
    }

    [Theory, InlineData(100), InlineData(1000)]
    public void Faults_among_kinks_are_found(int paths)
    {
        foreach (double fault in (double[])[1e-6, 1e-4, 1e-2])
        {
            int found = 0;
            for (ulong seed = 1; seed <= 20; seed++)
            {
                Objective f = Put(paths, seed);
                HvpComparison c = HvpComparison.Run(
                    f, s_market, s_alongSpot, v => Array.ConvertAll(f.Hvp(s_market, v), t => t * (1 + fault)));
                c.Verdict.ShouldNotBe(HvpVerdict.Agree, $"seed {seed}: {c}");
                found += c.Verdict == HvpVerdict.Disagree ? 1 : 0;
            }
            found.ShouldBeGreaterThan(15, $"{fault}");
        }
    }
}
