using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>A verdict takes no more products than the minimization took gradients and products, and decides with them what it can.</summary>
public class VerdictCostTests
{
    [Theory, InlineData(500), InlineData(1000), InlineData(2000)]
    public void A_quadratic_is_decided_after_the_few_gradients_of_limited_memory(int n)
    {
        double[] d = [.. Enumerable.Range(0, n).Select(i => Math.Pow(100, i / (n - 1.0)))], x = [.. Enumerable.Range(1, n).Select(i => Math.Sin(i))];
        OptimizationResult result = new Lbfgs().Minimize(Objective.Of(v => 0.5 * ((VarVector)d * v * v).Sum()), x);
        result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum, result.ToString());
        result.Verdict.Proof.ShouldBe(CriticalPointProof.Probable);
        result.Verdict.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(Math.Max(100, result.Counts.Gradients));
    }

    [Fact]
    public void Expansions_polishing_and_curves_share_the_budget()
    {
        const int n = 100;
        Objective broyden = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < n; i++)
            {
                Var t = (3 - 2 * x[i]) * x[i] + 1;
                t -= i > 0 ? x[i - 1] : 0;
                t -= i + 1 < n ? x[i + 1] : 0;
                sum += Math.Pow(Math.Abs(t), 7.0 / 3);
            }
            return sum;
        });
        foreach (Minimizer method in (Minimizer[])[new Lbfgs(), new TrustRegionNewton()])
        {
            OptimizationResult result = method.Minimize(broyden, [.. Enumerable.Repeat(-1.0, n)]);
            long cost = result.Counts.Gradients + result.Counts.HessianVectorProducts;
            result.Verdict.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(Math.Max(500, cost), result.ToString());
        }
    }

    [Fact]
    public void What_a_limit_left_undecided_says_so()
    {
        double[] d = [.. Enumerable.Range(0, 500).Select(i => Math.Pow(1e4, i / 499.0))];
        CriticalPoint found = CriticalPoint.Classify(Objective.Of(v => 0.5 * ((VarVector)d * v * v).Sum()), new double[500], new VerdictOptions { MaxProducts = 60 });
        found.Kind.ShouldBe(CriticalPointKind.Undecided);
        found.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(60);
        found.Evidence.ShouldContain("MaxProducts");
    }
}
