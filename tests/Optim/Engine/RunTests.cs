using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.Engine;

/// <summary>What every minimization does, whatever its method.</summary>
public class RunTests
{
    private static readonly double[] s_start = [-1.2, 1, -1.2, 1];

    private static Objective Rosenbrock => RosenbrockLambda.Scalar();

    [Fact]
    public void Limits_on_evaluations_are_exact()
    {
        Counts whole = new Newton { Certify = false }.Minimize(Rosenbrock, s_start).Counts;
        for (int limit = 1; limit < whole.Values; limit++)
        {
            OptimizationResult result = new Newton { MaxEvaluations = limit }.Minimize(Rosenbrock, s_start);
            result.Status.ShouldBe(OptimizationStatus.LimitEvaluations);
            result.Counts.Values.ShouldBe(limit);
        }
        for (int limit = 1; limit < whole.HessianVectorProducts; limit++)
        {
            OptimizationResult result = new Newton { MaxHessianVectorProducts = limit, DenseLimit = 0 }.Minimize(Rosenbrock, s_start);
            result.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(limit);
            (result.Status == OptimizationStatus.LimitEvaluations).ShouldBe(!result.IsConverged);
        }
        OptimizationResult three = new Newton { MaxIterations = 3 }.Minimize(Rosenbrock, s_start);
        (three.Status, three.Iterations).ShouldBe((OptimizationStatus.LimitIterations, 3));
    }

    [Fact]
    public void Counts_are_what_the_objective_saw()
    {
        int values = 0;
        Objective counted = Objective.Of(x =>
        {
            values++;
            return Rosenbrock.Value(x);
        });
        OptimizationResult result = new Newton { Certify = false }.Minimize(counted, s_start);
        // An accepted trial runs the lambda twice, for its value and for its gradient, and counts as one evaluation of each.
        values.ShouldBeInRange((int)result.Counts.Values, (int)(result.Counts.Values + result.Counts.Gradients));
    }

    [Fact]
    public void Stopping_by_the_callback_and_progress()
    {
        List<OptimizationProgress> seen = [];
        OptimizationResult result =
            new Newton { StopWhen = p => p.Iteration == 4, KeepTrace = true }.Minimize(Rosenbrock, s_start, new Collect(seen));
        result.Status.ShouldBe(OptimizationStatus.Stopped);
        seen.Count.ShouldBe(4);
        result.Trace.ShouldBe(seen);
        result.Trace[^1].Value.ShouldBe(result.Value);
    }

    [Fact]
    public void A_start_that_is_not_finite_has_its_own_status()
    {
        new Newton().Minimize(Rosenbrock, [1, double.NaN]).Status.ShouldBe(OptimizationStatus.NonFiniteStart);
        new Newton().Minimize(Objective.Of(x => Math.Log(x[0])), [-1.0]).Status.ShouldBe(OptimizationStatus.NonFiniteStart);
        new Newton().Minimize(Objective.Of(x => Math.Sqrt(x[0])), [0.0]).Status.ShouldBe(OptimizationStatus.NonFiniteStart);
    }

    [Fact]
    public void An_exception_of_the_objective_is_kept()
    {
        Should.Throw<FormatException>(
            () => new Newton().Minimize(Objective.Of(_ => throw new FormatException("mine")), [1.0])).Message.ShouldBe("mine");
        int calls = 0;
        OptimizationResult result =
            new Newton { EndOnException = true }.Minimize(
            Objective.Of(x => ++calls > 1 ? throw new FormatException("mine") : x[0] * x[0]), [1.0]);
        result.Status.ShouldBe(OptimizationStatus.ObjectiveThrew);
        result.Exception.ShouldBeOfType<FormatException>();
        Should.Throw<InvalidOperationException>(result.ThrowIfFailed).InnerException.ShouldBe(result.Exception);
    }

    [Fact]
    public void Where_the_tolerance_lies_below_rounding_the_floor_is_reported()
    {
        Objective f = Objective.Of(x => Math.Exp(x[0]) - 3.3 * x[0] + 1e3 * (x[1] - 0.1) * (x[1] - 0.1) * (1 + x[0] * x[0]));
        OptimizationResult result = new Newton { GradientTolerance = 0 }.Minimize(f, [0.3, 0.7]);
        if (result.Status != OptimizationStatus.ConvergedGradient)
        {
            result.Status.ShouldBe(OptimizationStatus.ConvergedRoundOff, result.ToString());
            result.RoundOffFloor.ShouldBeInRange(result.GradientNorm / 10, 1e-12);
        }
        result.X[0].ShouldBe(Math.Log(3.3), 1e-14);
    }

    [Fact]
    public void Every_status_is_explained()
    {
        foreach (OptimizationStatus status in Enum.GetValues<OptimizationStatus>())
        {
            status.Explanation.ShouldNotBeNullOrWhiteSpace();
            new[] { status.IsConverged, status.IsLimit, status.IsFailure }.Count(b => b).ShouldBe(1, status.ToString());
        }
    }

    [Fact]
    public void A_checkpoint_survives_a_file_and_a_damaged_one_is_refused()
    {
        Checkpoint? last = null;
        Newton method = new() { CheckpointEvery = 5, OnCheckpoint = c => last = c };
        OptimizationResult whole = method.Minimize(Rosenbrock, s_start);
        using MemoryStream file = new();
        last.ShouldNotBeNull().Save(file);
        byte[] bytes = file.ToArray();
        Checkpoint loaded = Checkpoint.Load(new MemoryStream(bytes));
        loaded.Iteration.ShouldBe(last.Iteration);
        (method with { OnCheckpoint = null }).Resume(Rosenbrock, loaded).X.ShouldBe(whole.X);

        for (int i = 0; i < bytes.Length; i += 7)
        {
            byte[] damaged = [.. bytes];
            damaged[i] ^= 0x10;
            Should.Throw<InvalidDataException>(() => Checkpoint.Load(new MemoryStream(damaged)));
            Should.Throw<InvalidDataException>(() => Checkpoint.Load(new MemoryStream(bytes[..i])));
        }
    }

    [Theory]
    [InlineData(int.MaxValue), InlineData(0x7FFFFFC7), InlineData(1 << 30), InlineData(-1), InlineData(int.MinValue), InlineData(0)]
    public void A_checkpoint_that_claims_another_length_is_refused_before_memory_is_taken(int length)
    {
        Checkpoint? last = null;
        new Newton { CheckpointEvery = 5, OnCheckpoint = c => last = c }.Minimize(Rosenbrock, s_start);
        using MemoryStream file = new();
        last.ShouldNotBeNull().Save(file);
        byte[] bytes = file.ToArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.AsSpan().IndexOf((byte)'\n') + 1), length).ShouldBeTrue();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InvalidDataException>(() => Checkpoint.Load(new MemoryStream(bytes)));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void A_checkpoint_of_another_method_is_refused()
    {
        Checkpoint? last = null;
        new SaddleSearch { CheckpointEvery = 1, OnCheckpoint = c => last = c, MaxIterations = 3 }.Find(Rosenbrock, s_start);
        Should.Throw<ArgumentException>(() => new Newton().Resume(Rosenbrock, last.ShouldNotBeNull())).Message.ShouldContain(
            "SaddleSearch");
    }

    [Fact]
    public void Misuse_is_refused_with_the_values_named()
    {
        Should.Throw<ArgumentException>(() => new Newton().Minimize(Rosenbrock, []));
        Should.Throw<ArgumentNullException>(() => new Newton().Minimize(null!, [1.0]));
        Should.Throw<ArgumentOutOfRangeException>(() => new Newton { GradientTolerance = -1 }).Message.ShouldContain("-1");
        Should.Throw<ArgumentOutOfRangeException>(() => new Newton { GradientTolerance = double.NaN }).Message.ShouldContain("NaN");
        Should.Throw<ArgumentOutOfRangeException>(() => new Newton { MaxIterations = -2 }).Message.ShouldContain("-2");
        Should.Throw<ArgumentException>(() => new Bounds([2.0], [1.0])).Message.ShouldContain("2");
        Should.Throw<ShapeMismatchException>(() => new Bounds([2.0], [1.0, 3.0]));
    }

    private sealed class Collect(List<OptimizationProgress> seen) : IProgress<OptimizationProgress>
    {
        public void Report(OptimizationProgress value) => seen.Add(value);
    }
}
