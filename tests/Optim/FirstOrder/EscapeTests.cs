using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.FirstOrder;

/// <summary>First-order methods with the verdict's help.</summary>
public class EscapeTests
{
    private static readonly Objective s_quartic = Objective.Of(x => x[0] * x[0] - x[1] * x[1] + Math.Pow(x[1], 4) / 4);

    public static TheoryData<FirstOrderMinimizer> Methods() =>
    [
        new GradientDescent { LearningRate = 0.1 }, new Momentum { LearningRate = 0.1 }, new HeavyBall { LearningRate = 0.1 },
            new Nesterov { LearningRate = 0.1 }, new Adam { LearningRate = 0.1 },
        new Momentum { LearningRate = 0.1, Schedule = new WarmUp(20) },
    ];

    [Theory, MemberData(nameof(Methods))]
    public void From_the_ridge_the_verdict_leads_on_to_a_minimum(FirstOrderMinimizer method)
    {
        OptimizationResult result = method.Minimize(s_quartic, [0.1, 0]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum);
        result.Escapes.Count.ShouldBe(1);
        result.Escapes[0].Point.Kind.ShouldBe(CriticalPointKind.Saddle);
        Math.Abs(result.X[1]).ShouldBe(Math.Sqrt(2), 1e-7);
    }

    [Theory, MemberData(nameof(Methods))]
    public void Told_to_stay_each_says_what_it_stands_on(FirstOrderMinimizer method)
    {
        OptimizationResult result = (method with { EscapeSaddles = false }).Minimize(s_quartic, [0.1, 0]);
        result.Verdict.Kind.ShouldBe(CriticalPointKind.Saddle);
        result.X[1].ShouldBe(0);
    }

    [Theory, MemberData(nameof(Methods))]
    public void A_run_resumed_before_or_after_the_escape_has_the_same_bits(FirstOrderMinimizer method)
    {
        List<Checkpoint> checkpoints = [];
        OptimizationResult whole = (method with { CheckpointEvery = 1, OnCheckpoint = checkpoints.Add }).Minimize(s_quartic, [0.1, 0]);
        int escape = whole.Escapes[0].Iteration;
        foreach (Checkpoint checkpoint in checkpoints.Where(
            c => c.Iteration == 1 || Math.Abs(c.Iteration - escape) <= 3 || c.Iteration == whole.Iterations - 1))
        {
            OptimizationResult resumed = method.Resume(s_quartic, checkpoint);
            resumed.X.ShouldBe(whole.X);
            resumed.Value.ShouldBe(whole.Value);
            resumed.Counts.ShouldBe(whole.Counts, $"from {checkpoint.Iteration}");
            resumed.Iterations.ShouldBe(whole.Iterations);
        }
    }

    [Fact]
    public void On_mini_batches_the_point_is_examined_for_all_data()
    {
        DataObjective f = Regression.Mean();
        OptimizationResult result =
            new GradientDescent { LearningRate = 0.5, Batches = new MiniBatches(Regression.RowCount) }.Minimize(f, new double[4]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.Verdict.Kind.ShouldBe(CriticalPointKind.Minimum);
    }
}
