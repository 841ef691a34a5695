using AutoDiff.Optim;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;

namespace AutoDiff.Tests.Optim.FirstOrder;

public class MiniBatchTests
{
    [Fact]
    public void Each_epoch_takes_every_row_once_in_a_new_order()
    {
        // The gradient of a batch tells its rows, each of which has a variable of its own.
        List<int> seen = [];
        double[,] rows = new double[53, 53];
        for (int i = 0; i < 53; i++)
            rows[i, i] = 1;
        DataObjective f = Objective.Mean(rows, (x, row) => x.Dot(row));
        using Oracle oracle = new(f, 53, new GradientDescent(), default);
        BatchOrder order = new(f, new MiniBatches(8), seed: 5);
        double[] x = new double[53], gradient = new double[53];
        List<int[]> epochs = [];
        for (int epoch = 0; epoch < 3; epoch++)
        {
            seen.Clear();
            for (int batch = 0; batch < 7; batch++)
            {
                order.NextGradient(oracle, x, gradient);
                seen.AddRange(Enumerable.Range(0, 53).Where(i => gradient[i] != 0));
                order.IsDue.ShouldBe(batch == 6);
            }
            epochs.Add([.. seen]);
            seen.Order().ShouldBe(Enumerable.Range(0, 53));
        }
        epochs[0].ShouldNotBe(epochs[1]);
        epochs[1].ShouldNotBe(epochs[2]);
        epochs[0].ShouldNotBe([.. epochs[0].Order()]);
    }

    [Fact]
    public void The_gradient_is_tested_once_an_epoch_and_shown_then_only()
    {
        OptimizationResult result =
            new GradientDescent { LearningRate = 0.5, Batches = new MiniBatches(10), MaxIterations = 30, KeepTrace = true,
            Certify = false }.Minimize(Regression.Mean(), new double[4]);
        for (int k = 1; k <= 30; k++)
            double.IsNaN(result.Trace[k - 1].GradientNorm).ShouldBe(k % 6 != 0, $"iteration {k}");
        // The start, thirty batches, five epochs.
        result.Counts.ShouldBe(new Counts(36, 36));
    }

    [Fact]
    public void Fewer_full_evaluations_can_be_asked_for()
    {
        OptimizationResult result =
            new GradientDescent { LearningRate = 0.5, Batches = new MiniBatches(10) { FullEvery = 3 }, MaxIterations = 36, KeepTrace = true,
            Certify = false }.Minimize(Regression.Mean(), new double[4]);
        for (int k = 1; k <= 36; k++)
            double.IsNaN(result.Trace[k - 1].GradientNorm).ShouldBe(k % 18 != 0, $"iteration {k}");
    }

    [Fact]
    public void The_best_point_is_the_best_of_all_data_at_the_epochs()
    {
        DataObjective f = Regression.Mean();
        OptimizationResult result =
            new HeavyBall { LearningRate = 0.3, Batches = new MiniBatches(4), MaxIterations = 500, KeepTrace = true,
            Certify = false }.Minimize(f, [3, 3, 3, 3]);
        result.Status.ShouldBe(OptimizationStatus.LimitIterations);
        result.Value.ShouldBe(f.Value(result.X));
        result.Value.ShouldBe(result.Trace.Min(p => p.Value));
    }

    [Fact]
    public void A_falling_rate_converges_to_the_minimum_of_all_data()
    {
        DataObjective f = Regression.Mean();
        OptimizationResult minimum = new HeavyBall { LearningRate = 0.3, Certify = false }.Minimize(f, new double[4]);
        OptimizationResult result =
            new Momentum { LearningRate = 0.5, Batches = new MiniBatches(8), Schedule = new CosineAnnealing(20_000), MaxIterations = 30_000,
            Certify = false }.Minimize(f, new double[4]);
        minimum.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        (result.Value - minimum.Value).ShouldBeInRange(0, 1e-6);
        result.Status.ShouldBe(OptimizationStatus.Stalled);
    }

    [Fact]
    public void A_batch_of_a_sum_stands_for_the_whole_sum()
    {
        // The same objective but for a factor of n: at η/n the iterates are the same to rounding.
        MiniBatches batches = new(10);
        OptimizationResult mean =
            new GradientDescent { LearningRate = 0.5, Batches = batches, MaxIterations = 60, Certify = false }.Minimize(
            Regression.Mean(), new double[4]);
        OptimizationResult sum =
            new GradientDescent { LearningRate = 0.5 / Regression.RowCount, Batches = batches, MaxIterations = 60,
            Certify = false }.Minimize(Regression.Sum(), new double[4]);
        for (int i = 0; i < 4; i++)
            sum.X[i].ShouldBe(mean.X[i], 1e-12);
    }

    [Fact]
    public void A_decrease_is_measured_from_epoch_to_epoch_never_within_one()
    {
        OptimizationResult result =
            new GradientDescent { LearningRate = 0.01, Batches = new MiniBatches(10), DecreaseTolerance = 1e-12, MaxIterations = 60,
            Certify = false }.Minimize(Regression.Mean(), new double[4]);
        result.Status.ShouldBe(OptimizationStatus.LimitIterations);
        result.Iterations.ShouldBe(60);
    }

    [Fact]
    public void Without_rows_to_choose_from_mini_batches_are_refused()
    {
        GradientDescent method = new() { Batches = new MiniBatches(3) };
        Should.Throw<ArgumentException>(() => method.Minimize(Objective.Of(x => x[0] * x[0]), [1])).Message.ShouldContain("Objective.Mean");
        Should.Throw<ArgumentException>(() => method.Minimize(Objective.Mean(new double[0, 2], (x, _) => x[0]), [1])).Message.ShouldContain(
            "no rows");
        Should.Throw<ArgumentOutOfRangeException>(() => new MiniBatches(0));
        Should.Throw<ArgumentOutOfRangeException>(() => new MiniBatches(1) with { Size = -1 });
    }
}
