using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Tests.Optim.Engine;

namespace AutoDiff.Tests.Optim.LineSearchMethods;

public class NonlinearConjugateGradientTests
{
    private static readonly NonlinearConjugateGradient s_method = new() { Certify = false };

    [Theory, InlineData(ConjugacyBound.HagerZhang2013), InlineData(ConjugacyBound.HagerZhang2005)]
    public void Test_problems_are_solved(ConjugacyBound bound)
    {
        foreach (LeastSquaresProblem problem in (LeastSquaresProblem[])[
            MoreGarbowHillstrom.Rosenbrock(), MoreGarbowHillstrom.ExtendedRosenbrock(1000), MoreGarbowHillstrom.Wood(),
                MoreGarbowHillstrom.Beale(),
            MoreGarbowHillstrom.HelicalValley(), MoreGarbowHillstrom.BrownDennis(), MoreGarbowHillstrom.BroydenTridiagonal(1000)])
        {
            OptimizationResult result =
                (s_method with { Bound = bound, GradientTolerance = 1e-6 }).Minimize(problem.Objective, problem.Start);
            result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, $"{problem}: {result}");
            result.Counts.Gradients.ShouldBeLessThan(400, problem.Name);
            (result.Counts.Values - result.Counts.Gradients).ShouldBeLessThanOrEqualTo(result.Iterations);
        }
    }

    [Theory, InlineData(3), InlineData(10), InlineData(20)]
    public void A_quadratic_takes_as_many_iterations_as_it_has_eigenvalues(int n)
    {
        // The first trial of each search is the minimizer of a quadratic, so that on one the method is the linear conjugate gradient
        // method; but the first search.
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < n; i++)
                sum += (1 + i) * Math.Square(x[i] - 1);
            return sum;
        });
        OptimizationResult result =
            (s_method with { GradientTolerance = 1e-6 }).Minimize(f, [.. Enumerable.Range(0, n).Select(i => 2.0 + i % 3)]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.Iterations.ShouldBeInRange(Math.Min(n, 8), n + 3);
    }

    [Fact]
    public void A_resumed_run_goes_on_with_the_same_bits() =>
        Resumed.ShouldGoOnWithTheSameBits(
            s_method with { MaxIterations = 400, GradientTolerance = 0 }, RosenbrockLambda.Scalar(), [-1.2, 1, -1.2, 1, 0.3])
            .Iterations.ShouldBeGreaterThan(30);

    [Theory]
    [InlineData(-41, ConjugacyBound.HagerZhang2013), InlineData(60, ConjugacyBound.HagerZhang2013)]
    [InlineData(-41, ConjugacyBound.HagerZhang2005), InlineData(60, ConjugacyBound.HagerZhang2005)]
    public void Iterates_do_not_change_when_f_is_multiplied_by_a_power_of_two(int power, ConjugacyBound bound)
    {
        double factor = Math.ScaleB(1, power);
        Objective f = RosenbrockLambda.Scalar(), scaled = Objective.Of(x => factor * f.Value(x));
        foreach (int iterations in new[] { 1, 2, 10, 50 })
        {
            NonlinearConjugateGradient method = s_method with { GradientTolerance = 0, MaxIterations = iterations, Bound = bound };
            OptimizationResult plain = method.Minimize(f, [-1.2, 1, 0.5]), other = method.Minimize(scaled, [-1.2, 1, 0.5]);
            other.X.ShouldBe(plain.X);
            other.Counts.ShouldBe(plain.Counts);
        }
    }

    [Theory, InlineData(1), InlineData(6), InlineData(17)]
    public void Limits_on_evaluations_are_exact(int limit)
    {
        OptimizationResult result = (s_method with { MaxEvaluations = limit }).Minimize(RosenbrockLambda.Scalar(), [-1.2, 1]);
        result.Status.ShouldBe(OptimizationStatus.LimitEvaluations);
        result.Counts.Values.ShouldBe(limit);
    }

    [Fact]
    public void At_a_kink_it_says_that_it_failed()
    {
        OptimizationResult result = new NonlinearConjugateGradient().Minimize(LbfgsTests.Kink, [0.7, 0.3]);
        result.Status.ShouldBeOneOf(OptimizationStatus.LineSearchFailed, OptimizationStatus.Stalled);
        result.Counts.Values.ShouldBeLessThan(3000);
    }

    [Theory, InlineData(0), InlineData(1)]
    public void A_tolerance_of_zero_ends_at_round_off(double offset)
    {
        Objective f = Objective.Of(x => offset + Math.Cosh(x[0] - 1) + Math.Exp(x[1]) - 2 * x[1] + Math.Square(x[0] + x[1] * x[2]));
        OptimizationResult result = new NonlinearConjugateGradient { GradientTolerance = 0 }.Minimize(f, [0.3, 2, -1.7]);
        result.IsConverged.ShouldBeTrue(result.ToString());
        result.GradientNorm.ShouldBeLessThan(1e-13);
    }

    [Fact]
    public void A_function_without_a_minimum_is_told() =>
        new NonlinearConjugateGradient().Minimize(Objective.Of(x => x[0] * x[0] - x[1]), [1, 1]).Status.ShouldBe(
            OptimizationStatus.Unbounded);

    [Fact]
    public void Regions_where_f_is_not_finite_are_avoided()
    {
        Objective f = Objective.Of(x => x[0] + 100 * x[1] - Math.Log(x[0]) - Math.Log(x[1]));
        OptimizationResult result = s_method.Minimize(f, [50, 3]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, result.ToString());
        result.X[0].ShouldBe(1, 1e-7);
        result.X[1].ShouldBe(0.01, 1e-9);
    }

    [Fact]
    public void A_hundred_thousand_variables_are_solved()
    {
        Objective f = Objective.Of(x => (Math.Square(Math.Square(x) - 1) + Math.Square(x - 0.5)).Sum());
        OptimizationResult result =
            (s_method with { GradientTolerance = 1e-6 }).Minimize(f, [.. Enumerable.Range(0, 100_000).Select(i => 0.2 + Math.Sin(i) / 10)]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, result.ToString());
        result.Iterations.ShouldBeLessThan(60);
    }

    [Fact]
    public void Options_are_checked() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new NonlinearConjugateGradient { Bound = (ConjugacyBound)7 }).Message.ShouldContain(
            "HagerZhang2013");
}
