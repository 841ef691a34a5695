using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.Engine;

/// <summary>Each status by an example in which it is the truth.</summary>
public class StatusTests
{
    private static readonly Dictionary<OptimizationStatus, Func<OptimizationResult>> s_examples = new()
    {
        [OptimizationStatus.ConvergedGradient] = () => new Lbfgs().Minimize(Rosenbrock, [-1.2, 1]),
        [OptimizationStatus.ConvergedStep] = () =>
            new GradientDescent { StepTolerance = 1e-3, LearningRate = 1e-3 }.Minimize(Rosenbrock, [-1.2, 1]),
        [OptimizationStatus.ConvergedDecrease] = () => new TrustRegionNewton { DecreaseTolerance = 0.5 }.Minimize(Rosenbrock, [-1.2, 1]),
        [OptimizationStatus.ConvergedRoundOff] = () =>
            new Lbfgs { GradientTolerance = 0 }.Minimize(Objective.Of(x => Math.Exp(x[0]) - 100.3 * x[0]), [4.0]),
        [OptimizationStatus.LimitIterations] = () => new Lbfgs { MaxIterations = 3 }.Minimize(Rosenbrock, [-1.2, 1]),
        [OptimizationStatus.LimitEvaluations] = () => new Lbfgs { MaxGradients = 5 }.Minimize(Rosenbrock, [-1.2, 1]),
        [OptimizationStatus.LimitTime] = () => new Lbfgs { TimeLimit = TimeSpan.Zero }.Minimize(Rosenbrock, [-1.2, 1]),
        [OptimizationStatus.LimitEscapes] = () =>
            new Lbfgs { MaxEscapes = 1 }.Minimize(
            Objective.Of(x => Math.Pow(x[0] * x[0] - 1, 2) + Math.Pow(x[1] * x[1] - 1, 2) / 2), [0.0, 0]),
        [OptimizationStatus.Cancelled] = () => new Lbfgs().Minimize(Rosenbrock, [-1.2, 1], cancellationToken: new CancellationToken(true)),
        [OptimizationStatus.Stopped] = () => new Lbfgs { StopWhen = p => p.Value < 1 }.Minimize(Rosenbrock, [-1.2, 1]),
        [OptimizationStatus.LineSearchFailed] = () => new NonlinearConjugateGradient().Minimize(Objective.Of(x => Math.Abs(x[0])), [3.0]),
        [OptimizationStatus.RadiusTooSmall] = () => new TrustRegionNewton().Minimize(Objective.Of(x => Math.Abs(x[0])), [3.0]),
        [OptimizationStatus.Stalled] = () => new GradientDescent { LearningRate = 1e-20 }.Minimize(Rosenbrock, [-1.2, 1]),
        [OptimizationStatus.Unbounded] = () => new Lbfgs().Minimize(Objective.Of(x => x[0] - 2 * x[1]), [3.0, 1]),
        [OptimizationStatus.NonFiniteStart] = () => new Lbfgs().Minimize(Objective.Of(x => Math.Log(x[0])), [-1.0]),
        [OptimizationStatus.NonFiniteObjective] = () => new GradientDescent { LearningRate = 1 }.Minimize(Rosenbrock, [-1.2, 1]),
        [OptimizationStatus.NonFiniteGradient] = () =>
            new GradientDescent { LearningRate = 0.25 }.Minimize(Objective.Of(x => Math.Sqrt(x[0])), [0.25]),
        [OptimizationStatus.NonFiniteHessian] = () =>
            new TrustRegionNewton().Minimize(Objective.Of(x => Math.Pow(x[0], 1.5) - x[0]), [0.0]),
        [OptimizationStatus.ObjectiveThrew] = () =>
            new Lbfgs { EndOnException = true }.Minimize(
            Objective.Of(x => x[0].Value < 2 ? throw new FormatException("below 2") : x[0] * x[0]), [3.0]),
    };

    public static TheoryData<OptimizationStatus> All => [.. Enum.GetValues<OptimizationStatus>()];

    private static Objective Rosenbrock => RosenbrockLambda.Scalar();

    [Theory]
    [MemberData(nameof(All))]
    public void Every_status_is_reached_by_an_example(OptimizationStatus status)
    {
        OptimizationResult result = s_examples[status]();
        result.Status.ShouldBe(status, result.ToString());
        result.ToString().ShouldContain(status.Explanation);
        if (status.IsFailure)
            Should.Throw<InvalidOperationException>(result.ThrowIfFailed).Message.ShouldContain(status.ToString());
        else
            result.ThrowIfFailed().ShouldBe(result);
    }

    [Fact]
    public void What_the_objective_threw_is_told()
    {
        s_examples[OptimizationStatus.ObjectiveThrew]().ToString().ShouldContain("FormatException: below 2");
    }

    [Theory]
    [MemberData(nameof(Methods.Names), MemberType = typeof(Methods))]
    public void A_fall_without_end_is_told_from_a_failure_by_every_method_that_gets_there(string name)
    {
        // A learning rate walks, where a search strides: a line is too long for it.
        if (Methods.HasLearningRate(name))
            return;
        Methods.Of(name).Minimize(Objective.Of(x => x[0] - 2 * x[1]), [3.0, 1]).Status.ShouldBe(OptimizationStatus.Unbounded);
        Methods.Of(name).Minimize(Objective.Of(x => -Math.Exp(x[0])), [1.0]).Status.ShouldBe(OptimizationStatus.Unbounded);
    }

    [Theory]
    [MemberData(nameof(Methods.Names), MemberType = typeof(Methods))]
    public void A_value_of_minus_infinity_is_unbounded(string name)
    {
        Objective f = Objective.Of(x => x[0].Value <= 0 ? double.NegativeInfinity : x[0]);
        OptimizationResult result = Methods.Of(name).Minimize(f, [1.0]);
        result.Status.ShouldBe(OptimizationStatus.Unbounded, result.ToString());
        result.Value.ShouldBeInRange(0, 1);
    }

    [Theory]
    [MemberData(nameof(Methods.Names), MemberType = typeof(Methods))]
    public void A_small_start_near_a_maximum_is_not_taken_for_an_endless_fall(string name)
    {
        // The first decreases are 1e-16 times f, the last as large as f.
        Objective f = Objective.Of(x => -2e6 * Math.Pow(Math.Sin(x[0] / 2), 2));
        Methods.Of(name).Minimize(f, [1e-11]).Status.ShouldNotBe(OptimizationStatus.Unbounded);
    }

    [Theory]
    [MemberData(nameof(Methods.Names), MemberType = typeof(Methods))]
    public void A_constant_is_critical_everywhere_and_no_verdict_is_feigned(string name)
    {
        OptimizationResult result = Methods.Of(name).Minimize(Objective.Of(_ => 5.0), [3.0, 1]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.Verdict.Kind.ShouldBe(CriticalPointKind.Undecided);
        result.X.ShouldBe([3.0, 1]);
        result.LowerPointSeen.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Methods.Names), MemberType = typeof(Methods))]
    public void Where_the_Hessian_is_zero_no_step_is_a_NaN(string name)
    {
        // Piecewise linear, with a gradient that has a zero at the start and no length to give a step.
        Objective f = Objective.Of(x => Math.Max(Math.Max(x[0] + x[1], -x[0] + 0.5 * x[1]), -2 * x[1]));
        OptimizationResult result = (Methods.Of(name) with { MaxIterations = 200, KeepTrace = true }).Minimize(f, [3.0, 4]);
        result.Value.ShouldBeInRange(0, f.Value([3.0, 4]) - 0.1);
        result.Trace.ShouldAllBe(p => double.IsFinite(p.StepLength) && !double.IsNaN(p.Value));
        // Whatever the method, it goes on asking until it ends.
        result.Counts.Values.ShouldBeGreaterThanOrEqualTo(result.Iterations);
    }

    [Fact]
    public void A_search_for_saddles_stays_on_numbers_where_the_Hessian_is_zero()
    {
        foreach (SaddleSearchMethod method in Enum.GetValues<SaddleSearchMethod>())
        {
            SaddleSearch search = new() { Method = method, MaxIterations = 50 };
            OptimizationResult flat = search.Find(Objective.Of(_ => 5.0), [-0.5, 1.3]),
                slope = search.Find(Objective.Of(x => x[0] + x[1]), [-0.5, 1.3]);
            flat.X.ShouldAllBe(x => double.IsFinite(x));
            slope.X.ShouldAllBe(x => double.IsFinite(x));
            slope.Counts.Values.ShouldBe(55); // The start, 50 steps, and four points at which a symmetry would show.
            (flat.IsConverged, slope.IsConverged).ShouldBe((false, false));
        }
    }

    [Fact]
    public void Rounding_is_recognized_with_and_without_a_verdict()
    {
        Objective f = Objective.Of(x => Math.Exp(x[0]) - 100.3 * x[0]);
        new Lbfgs { GradientTolerance = 0, Certify = false }.Minimize(f, [4.0]).Status.ShouldBe(OptimizationStatus.ConvergedRoundOff);
    }

    [Fact]
    public void A_lower_point_is_told_beyond_rounding_only()
    {
        // The valley's floor is 0; what is left of it, ten to the minus thirty-second, is the rounding of x.
        OptimizationResult valley = new TrustRegionNewton().Minimize(Objective.Of(x => Math.Pow(x[0] * x[1] - 1, 2)), [1.0, 3]);
        valley.IsConverged.ShouldBeTrue();
        valley.LowerPointSeen.ShouldBeNull();

        Objective pole = Objective.Of(x => -1 / (x[0] * x[0]));
        OptimizationResult thrown = new Momentum { EscapeSaddles = false, GradientTolerance = 1e-8 }.Minimize(pole, [1.0]);
        thrown.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        pole.Value(thrown.LowerPointSeen.ShouldNotBeNull()).ShouldBeLessThan(-1);
    }
}
