using AutoDiff.Lambdas;
using AutoDiff.Optim;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>The verdict on the solutions of the classical collections, by whatever method they were found.</summary>
public class SolvedProblemsTests(ITestOutputHelper output)
{
    private static readonly Minimizer[] Methods = [new TrustRegionNewton(), new SaddleFreeNewton(), new Lbfgs(), new Newton()];

    // Rank one: the solutions fill a hyperplane.
    private static readonly int[] NonIsolated = [33, 34];

    // x⁴ in some directions: third and fourth order decide.
    private static readonly int[] Degenerate = [13, 22];

    public static TheoryData<int> Numbers => [.. MoreGarbowHillstrom.All.Select(problem => problem.Number)];

    public static TheoryData<string> Fits => [.. NistModel.All.Select(model => model.Problem.Name)];

    [Theory, MemberData(nameof(Numbers))]
    public void Each_solution_of_Moré_Garbow_and_Hillstrom_is_a_minimum_and_called_one(int number)
    {
        LeastSquaresProblem problem = MoreGarbowHillstrom.All[number - 1];
        int converged = 0;
        foreach (Minimizer method in Methods)
        {
            OptimizationResult result = method.Minimize(problem.Objective, problem.StartTimes(1));
            output.WriteLine($"{method.GetType().Name} {result.Status}: {result.Value} {result.Verdict}");
            if (!result.Status.IsConverged)
                continue;
            converged++;
            CriticalPoint verdict = result.Verdict;
            verdict.Kind.ShouldBe(CriticalPointKind.Minimum, $"{method.GetType().Name}: {verdict}");
            verdict.ZeroModes.ShouldBe(NonIsolated.Contains(number) ? problem.StartTimes(1).Length - 1 : 0, verdict.ToString());
            verdict.IsNonIsolated.ShouldBe(NonIsolated.Contains(number), verdict.ToString());
            verdict.IsDegenerate.ShouldBe(Degenerate.Contains(number), verdict.ToString());
            verdict.Counts.HessianVectorProducts.ShouldBeLessThan(NonIsolated.Contains(number) ? 1000 : 500, verdict.ToString());
            problem.Accepts(result.Value).ShouldBeTrue($"{method.GetType().Name}: {result.Value} {verdict}");
        }
        converged.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Theory, MemberData(nameof(Fits))]
    public void Each_fit_of_NIST_is_a_proven_minimum(string name)
    {
        NistModel model = NistModel.All.Single(m => m.Problem.Name == name);
        foreach (double[] start in new[] { model.Problem.Start1(), model.Problem.Start2() })
        {
            OptimizationResult result = new LevenbergMarquardt().Minimize(model.Residuals, start);
            output.WriteLine($"{result.Status}: {result.Value} {result.Verdict}");
            result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum, result.Verdict.ToString());
            result.Verdict.Proof.ShouldBe(CriticalPointProof.Proven);
            result.Verdict.Index.ShouldBe(0);
            (2 * result.Value).ShouldBe(model.Problem.ResidualSumOfSquares, 1e-6 * model.Problem.ResidualSumOfSquares + 1e-20);
        }
    }

    [Fact]
    public void The_saddle_that_limited_memory_ends_in_is_left()
    {
        // Biggs' exponential problem: λ = −0.0098 where ‖g‖ ≤ 1e-8.
        LeastSquaresProblem biggs = MoreGarbowHillstrom.All[17];
        OptimizationResult stays = new Lbfgs { EscapeSaddles = false }.Minimize(biggs.Objective, biggs.StartTimes(1));
        stays.Verdict.Kind.ShouldBe(CriticalPointKind.Saddle, stays.Verdict.ToString());
        stays.Verdict.Proof.ShouldBe(CriticalPointProof.Proven);
        stays.Verdict.LowestEigenvalue.ShouldBe(-0.0098, 1e-4);
        OptimizationResult leaves = new Lbfgs().Minimize(biggs.Objective, biggs.StartTimes(1));
        leaves.Escapes.Count.ShouldBe(1);
        leaves.Value.ShouldBeLessThan(1e-20);
    }

    [Theory, InlineData(-200), InlineData(-3), InlineData(1), InlineData(200)]
    public void The_verdicts_do_not_change_when_f_is_multiplied_by_a_power_of_two(int power)
    {
        foreach (int number in new[] { 2, 3, 10, 11, 13, 18, 22, 27, 33 })
        {
            LeastSquaresProblem problem = MoreGarbowHillstrom.All[number - 1];
            double[] x = new TrustRegionNewton { Certify = false }.Minimize(problem.Objective, problem.StartTimes(1)).X;
            VerdictOptions options = new() { GradientTolerance = double.MaxValue };
            double factor = Math.ScaleB(1, power);
            CriticalPoint one = CriticalPoint.Classify(problem.Objective, x, options),
                other = CriticalPoint.Classify(Objective.Of(v => factor * problem.Residuals.Value(v).SquaredNorm()), x, options);
            other.Kind.ShouldBe(one.Kind, $"{number}: {one} — {other}");
            other.X.ShouldBe(one.X, problem.Name);
            other.Counts.ShouldBe(one.Counts, problem.Name);
            other.LowestEigenvalue.ShouldBe(factor * one.LowestEigenvalue);
        }
    }
}
