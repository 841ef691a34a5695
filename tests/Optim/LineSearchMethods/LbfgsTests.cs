using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Tests.Optim.Engine;

namespace AutoDiff.Tests.Optim.LineSearchMethods;

public class LbfgsTests
{
    private static readonly Lbfgs s_method = new() { Certify = false };

    // scipy's L-BFGS-B needs that many evaluations until ‖g‖₂ ≤ 1e-6 (bench/scipy_counts.py).
    private static readonly (Objective F, double[] Start, int Scipy)[] s_reference =
    [
        Reference(MoreGarbowHillstrom.Rosenbrock(), 45), Reference(MoreGarbowHillstrom.ExtendedRosenbrock(1000), 45),
            Reference(MoreGarbowHillstrom.PowellSingular(), 52),
        Reference(MoreGarbowHillstrom.Wood(), 114), Reference(MoreGarbowHillstrom.BrownBadlyScaled(), 27),
            Reference(MoreGarbowHillstrom.PowellBadlyScaled(), 89),
        Reference(MoreGarbowHillstrom.Beale(), 16), Reference(MoreGarbowHillstrom.HelicalValley(), 34),
            Reference(MoreGarbowHillstrom.BrownDennis(), 23),
        Reference(MoreGarbowHillstrom.Watson(12), 257), Reference(MoreGarbowHillstrom.BroydenTridiagonal(1000), 52),
        (RosenbrockLambda.Arrays(), [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? -1.2 : 1)], 626),
    ];

    [Theory, InlineData(false), InlineData(true)]
    public void The_reference_problems_take_about_as_many_evaluations_as_scipys(bool withBounds)
    {
        double logRatio = 0;
        foreach ((Objective f, double[] start, int scipy) in s_reference)
        {
            Lbfgs method = s_method with { GradientTolerance = 1e-6 };
            OptimizationResult result = withBounds ? method.Minimize(f, start, Unbounded(start.Length)) : method.Minimize(f, start);
            result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, result.ToString());
            result.Counts.Gradients.ShouldBe(result.Counts.Values);
            logRatio += Math.Log((double)result.Counts.Values / scipy) / s_reference.Length;
        }
        Math.Exp(logRatio).ShouldBeLessThan(1.1);
    }

    [Theory, InlineData(1), InlineData(3), InlineData(10)]
    public void A_resumed_run_goes_on_with_the_same_bits(int memory) =>
        Resumed.ShouldGoOnWithTheSameBits(
            s_method with { Memory = memory, MaxIterations = 300, GradientTolerance = 0 }, RosenbrockLambda.Scalar(),
            [-1.2, 1, -1.2, 1, 0.3])
            .Iterations.ShouldBeGreaterThan(30);

    [Theory, InlineData(-41), InlineData(60)]
    public void Iterates_do_not_change_when_f_is_multiplied_by_a_power_of_two(int power)
    {
        double factor = Math.ScaleB(1, power);
        Objective f = RosenbrockLambda.Scalar(), scaled = Objective.Of(x => factor * f.Value(x));
        foreach (int iterations in new[] { 1, 2, 10, 30 })
        {
            Lbfgs method = s_method with { GradientTolerance = 0, MaxIterations = iterations };
            OptimizationResult plain = method.Minimize(f, [-1.2, 1, 0.5]), other = method.Minimize(scaled, [-1.2, 1, 0.5]);
            other.X.ShouldBe(plain.X);
            other.Counts.ShouldBe(plain.Counts);
        }
    }

    [Fact]
    public void Quadratics_take_few_evaluations()
    {
        // Ten variables, κ = 100.
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < x.Length; i++)
                sum += (1 + 11 * i) * Math.Square(x[i] - i);
            return sum;
        });
        OptimizationResult result = s_method.Minimize(f, [.. Enumerable.Repeat(1.0, 10)]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.Counts.Values.ShouldBeLessThan(40);
        for (int i = 0; i < 10; i++)
            result.X[i].ShouldBe(i, 1e-8);
    }

    [Theory, InlineData(1), InlineData(7), InlineData(20)]
    public void Limits_on_evaluations_are_exact(int limit)
    {
        OptimizationResult result = (s_method with { MaxEvaluations = limit }).Minimize(RosenbrockLambda.Scalar(), [-1.2, 1]);
        result.Status.ShouldBe(OptimizationStatus.LimitEvaluations);
        result.Counts.ShouldBe(new Counts(limit, limit));
        result = (s_method with { MaxGradients = limit }).Minimize(RosenbrockLambda.Scalar(), [-1.2, 1]);
        result.Counts.Gradients.ShouldBe(limit);
        result.Value.ShouldBe(RosenbrockLambda.Scalar().Value(result.X));
    }

    [Fact]
    public void At_a_kink_the_line_search_fails()
    {
        OptimizationResult result = new Lbfgs().Minimize(Kink, [0.7, 0.3]);
        result.Status.ShouldBe(OptimizationStatus.LineSearchFailed);
        result.Value.ShouldBeLessThan(Kink.Value([0.7, 0.3]));
        result.Counts.Values.ShouldBeLessThan(1000);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(1e6)]
    public void A_tolerance_of_zero_ends_at_round_off(double offset)
    {
        Objective f = Objective.Of(x => offset + Math.Cosh(x[0] - 1) + Math.Exp(x[1]) - 2 * x[1] + Math.Square(x[0] + x[1] * x[2]));
        OptimizationResult result = new Lbfgs { GradientTolerance = 0 }.Minimize(f, [0.3, 2, -1.7]);
        result.IsConverged.ShouldBeTrue(result.ToString());
        result.Counts.Values.ShouldBeLessThan(120);
        result.GradientNorm.ShouldBeLessThan(1e-13);
    }

    [Fact]
    public void Noise_in_the_values_does_not_stop_it_while_gradients_tell()
    {
        // 1 + 1e-20·(…): no value differs from 1.
        Objective f = Objective.Of(x => 1 + 1e-20 * (Math.Square(x[0] - 3) + 4 * Math.Square(x[1] + x[0])));
        OptimizationResult result = (s_method with { GradientTolerance = 1e-29 }).Minimize(f, [1, 1]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, result.ToString());
        result.X[0].ShouldBe(3, 1e-8);
        result.X[1].ShouldBe(-3, 1e-8);
    }

    [Fact]
    public void A_function_without_a_minimum_is_told()
    {
        new Lbfgs().Minimize(Objective.Of(x => x[0] * x[0] - x[1]), [1, 1]).Status.ShouldBe(OptimizationStatus.Unbounded);
        new Lbfgs().Minimize(Objective.Of(x => x[0] - x[1]), [0, 0]).Status.ShouldBe(OptimizationStatus.Unbounded);
    }

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
    public void A_hundred_thousand_variables_take_no_more_iterations_than_a_hundred()
    {
        Objective f = Objective.Of(x => (Math.Square(Math.Square(x) - 1) + Math.Square(x - 0.5)).Sum());
        OptimizationResult few = s_method.Minimize(f, Start(100)),
            many = (s_method with { GradientTolerance = 1e-6 }).Minimize(f, Start(100_000));
        many.Status.ShouldBe(OptimizationStatus.ConvergedGradient, many.ToString());
        many.Iterations.ShouldBeLessThanOrEqualTo(2 * few.Iterations);

        static double[] Start(int n) => [.. Enumerable.Range(0, n).Select(i => 0.2 + Math.Sin(i) / 10)];
    }

    [Fact]
    public void Options_are_checked()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Lbfgs { Memory = 0 }).ParamName.ShouldBe(nameof(Lbfgs.Memory));
        new Lbfgs().Memory.ShouldBe(10);
    }

    // Lowest at (0.1, 1); there too the derivative, with the convention |0|′ = 0, is not zero.
    internal static Objective Kink { get; } = Objective.Of(x => Math.Abs(x[0] - 0.1) + 0.5 * x[0] + 3 * Math.Abs(x[1] - 1) + x[1] + 1);

    internal static void Same(OptimizationResult resumed, OptimizationResult whole)
    {
        resumed.X.ShouldBe(whole.X);
        resumed.Value.ShouldBe(whole.Value);
        resumed.Gradient.ShouldBe(whole.Gradient);
        resumed.Counts.ShouldBe(whole.Counts);
        resumed.Iterations.ShouldBe(whole.Iterations);
        resumed.Status.ShouldBe(whole.Status);
    }

    private static (Objective, double[], int) Reference(LeastSquaresProblem problem, int scipy) =>
        (problem.Objective, problem.Start, scipy);

    private static Bounds Unbounded(int n) => Bounds.Box(n, double.NegativeInfinity, double.PositiveInfinity);
}
