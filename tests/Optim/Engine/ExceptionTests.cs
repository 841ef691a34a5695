using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.Engine;

/// <summary>What the objective throws: at the start to the caller, later as a point that is infinite; misuse, limits and memory
/// always.</summary>
public class ExceptionTests
{
    public static TheoryData<string> Searching =>
        ["TrustRegionNewton", "CubicRegularization", "SaddleFreeNewton", "Newton", "Lbfgs", "NonlinearConjugateGradient"];

    [Theory, MemberData(nameof(Searching))]
    public void A_point_outside_of_the_domain_is_stepped_back_from(string name)
    {
        // Minimal at 10; a step from 60 leads beyond 0, where the logarithm is refused.
        int refused = 0;
        Objective f = Objective.Of(
            x => x[0].Value <= 0 ? throw new ArithmeticException($"refused {++refused}") : x[0] - 10 * Math.Log(x[0]));
        foreach (double start in (ReadOnlySpan<double>)[60, 25, 1000, 0.01])
        {
            refused = 0;
            OptimizationResult result = Methods.Of(name).Minimize(f, [start]);
            result.IsConverged.ShouldBeTrue(result.ToString());
            result.X[0].ShouldBe(10, 1e-5, result.ToString());
            if (refused > 0)
                result.Exception.ShouldBeOfType<ArithmeticException>().Message.ShouldBe($"refused {refused}");
            else
                result.Exception.ShouldBeNull();
        }
    }

    [Fact]
    public void Within_bounds_too()
    {
        // Bounds that reach farther than the domain.
        Objective f = Objective.Of(x => x[0].Value + x[1].Value <= 1e-3
            ? throw new ArithmeticException("refused")
            : x[0] + 2 * x[1] - Math.Log(x[0] + x[1]) + Square(x[0] - x[1]));
        OptimizationResult reference = new TrustRegionNewton().Minimize(
            Objective.Of(x => x[0] + 2 * x[1] - Math.Log(x[0] + x[1]) + Square(x[0] - x[1])), [0.5, 0.3]);
        foreach (BoundedMinimizer method in (BoundedMinimizer[])[new Lbfgs(), new TrustRegionNewton()])
        {
            OptimizationResult result = method.Minimize(f, [40, 70], Bounds.Box(2, -100, 100));
            result.IsConverged.ShouldBeTrue(result.ToString());
            result.Value.ShouldBe(reference.Value, 1e-9);
        }
    }

    [Fact]
    public void Residuals_that_throw_are_stepped_back_from()
    {
        int refused = 0;
        VectorFunction r = VectorFunction.Of(
            x =>
            x[0].Value <= 0 ? throw new ArithmeticException($"refused {++refused}")
            : VarVector.Of(Math.Log(x[0]) - 1, 0.1 * (x[0] - Math.E)));
        foreach (LeastSquaresSolver solver in (LeastSquaresSolver[])[LeastSquaresSolver.Dense, LeastSquaresSolver.MatrixFree])
        {
            OptimizationResult result = new LevenbergMarquardt { Solver = solver, GeodesicAcceleration = false }.Minimize(r, [60]);
            result.IsConverged.ShouldBeTrue(result.ToString());
            result.X[0].ShouldBe(Math.E, 1e-6);
        }
        refused.ShouldBeGreaterThan(0);
    }

    [Theory, MemberData(nameof(Methods.Names), MemberType = typeof(Methods))]
    public void At_the_start_it_is_thrown_to_the_caller(string name)
    {
        Should.Throw<ArithmeticException>(
            () => Methods.Of(name).Minimize(Objective.Of(_ => throw new ArithmeticException("mine")), [1.0])).Message.ShouldBe("mine");
        Should.Throw<ArithmeticException>(
            () => CriticalPoint.Classify(Objective.Of(_ => throw new ArithmeticException("mine")), [1.0])).Message.ShouldBe("mine");
    }

    [Theory, MemberData(nameof(Methods.Names), MemberType = typeof(Methods))]
    public void Misuse_limits_and_memory_end_every_run(string name)
    {
        foreach (Exception e in (
            Exception[])[new OutOfMemoryException("no more"), new NotReplayableException("not again"),
            new RecordingLimitException("too long"), new NestingException("mixed up")])
        {
            int calls = 0;
            Objective f = Objective.Of(x => ++calls > 2 ? throw e : x[0] * x[0] + Square(x[1] - 3 * x[0] * x[0]));
            Should.Throw<Exception>(() => (Methods.Of(name) with { MaxIterations = 50 }).Minimize(f, [1.0, 1.0])).ShouldBe(e);
        }
    }

    [Theory, MemberData(nameof(Methods.Names), MemberType = typeof(Methods))]
    public void An_option_ends_the_run_at_the_first(string name)
    {
        int calls = 0;
        Objective f = Objective.Of(
            x => ++calls > 2 ? throw new FormatException($"call {calls}") : x[0] * x[0] + Square(x[1] - 3 * x[0] * x[0]));
        OptimizationResult result = (Methods.Of(name) with { EndOnException = true }).Minimize(f, [1.0, 1.0]);
        result.Status.ShouldBe(OptimizationStatus.ObjectiveThrew);
        result.Exception!.Message.ShouldBe("call 3");
    }

    private static Var Square(Var x) => x * x;
}
