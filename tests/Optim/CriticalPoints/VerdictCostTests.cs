using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>A verdict takes no more products than the minimization took gradients and products, and decides with them what it
/// can.</summary>
public class VerdictCostTests
{
    [Theory, InlineData(500), InlineData(1000), InlineData(2000)]
    public void A_quadratic_is_decided_after_the_few_gradients_of_limited_memory(int n)
    {
        double[] d = [.. Enumerable.Range(0, n).Select(i => Math.Pow(100, i / (n - 1.0)))],
            x = [.. Enumerable.Range(1, n).Select(i => Math.Sin(i))];
        OptimizationResult result = new Lbfgs().Minimize(Objective.Of(v => 0.5 * ((VarVector)d * v * v).Sum()), x);
        result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum, result.ToString());
        result.Verdict.Proof.ShouldBe(CriticalPointProof.Probable);
        result.Verdict.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(Math.Max(100, result.Counts.Gradients));
    }

    private static double[] Spectrum(string kind, int n, double condition) => [.. Enumerable.Range(0, n).Select(i =>
    {
        double u = i / (n - 1.0);
        return kind switch
        {
            "geometric" => Math.Pow(condition, u),
            "even" => 1 + (condition - 1) * u,
            "dense at both ends" => 1 + 0.5 * (condition - 1) * (1 - Math.Cos(Math.PI * u)),
            "half at the low end" => i < n / 2 ? 1 + 0.1 * u : Math.Pow(condition, u),
            _ => i == 0 ? 1 : 0.5 * condition * (1 + u),
        };
    })];

    /// <summary>Gradients and products of a run.</summary>
    private static long Cost(Counts counts) => counts.Gradients + counts.HessianVectorProducts;

    [Theory]
    [InlineData("geometric", 500), InlineData("geometric", 1000), InlineData("geometric", 2000)]
    [InlineData("even", 500), InlineData("even", 2000)]
    [InlineData("dense at both ends", 500), InlineData("half at the low end", 500), InlineData("one alone", 1000)]
    public void Conditions_up_to_ten_thousand_are_decided_after_limited_memory(string kind, int n)
    {
        foreach (double condition in (double[])[1e2, 1e4])
        {
            double[] d = Spectrum(kind, n, condition), x = [.. Enumerable.Range(1, n).Select(i => Math.Sin(i))];
            foreach (double quartic in (double[])[0, 0.25])
            {
                OptimizationResult result =
                    new Lbfgs().Minimize(Objective.Of(v => 0.5 * ((VarVector)d * v * v).Sum() + quartic * (v * v * v * v).Sum()), x);
                result.IsConverged.ShouldBeTrue(result.ToString());
                result.Escapes.ShouldBeEmpty();
                result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum, $"{condition}: {result}");
                result.Verdict.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(
                    Math.Max(100, Cost(result.Counts)), $"{condition}: {result}");
                result.LowerPointSeen.ShouldBeNull();
            }
        }
    }

    [Theory, InlineData(13), InlineData(38), InlineData(50)]
    public void A_clusters_minimum_is_found_with_no_more_than_the_run_took(int atoms)
    {
        foreach (Minimizer method in (Minimizer[])[new Lbfgs(), new TrustRegionNewton()])
        {
            OptimizationResult result = method.Minimize(LennardJonesLambda.Scalar(), LennardJones.Lattice(atoms));
            int n = 3 * atoms;
            result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum, result.ToString());
            result.Verdict.ZeroModes.ShouldBe(6);
            result.Verdict.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(
                Math.Max(Math.Max(2 * n + 50, 50_000 / n), Cost(result.Counts)), result.ToString());
        }
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
            result.Verdict.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(Math.Max(500, Cost(result.Counts)), result.ToString());
            result.Verdict.Counts.Gradients.ShouldBeLessThan(100, result.ToString());
        }
    }

    [Fact]
    public void What_a_limit_left_undecided_says_so()
    {
        double[] d = [.. Enumerable.Range(0, 500).Select(i => Math.Pow(1e4, i / 499.0))];
        CriticalPoint found = CriticalPoint.Classify(
            Objective.Of(v => 0.5 * ((VarVector)d * v * v).Sum()), new double[500], new VerdictOptions { MaxProducts = 60 });
        found.Kind.ShouldBe(CriticalPointKind.Undecided);
        found.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(60);
        found.Evidence.ShouldContain("MaxProducts");
    }
}
