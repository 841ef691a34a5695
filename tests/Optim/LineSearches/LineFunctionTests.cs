using AutoDiff.Optim;
using AutoDiff.Optim.LineSearches;
using AutoDiff.Tests.House;

namespace AutoDiff.Tests.Optim.LineSearches;

public class LineFunctionTests
{
    private static readonly Objective s_f = Objective.Of(x => x[0] * x[0] + 3 * x[0] * x[1] + Math.Exp(x[1]));

    [Fact]
    public void Value_and_slope_are_those_along_the_line()
    {
        using Line line = new(s_f, [1, 2], [0.5, -1]);
        LineSample sample = line.Function.Evaluate(0.25);
        double[] x = [1.125, 1.75];
        sample.Value.ShouldBe(s_f.Value(x) - s_f.Value([1, 2]), 1e-14);
        sample.Slope.ShouldBe(0.5 * s_f.Gradient(x)[0] - s_f.Gradient(x)[1], 1e-13);
        line.Counts.ShouldBe(new Counts(1, 1));
    }

    [Fact]
    public void The_best_point_outlives_later_trials()
    {
        using Line line = new(s_f, [1, 2], [0.5, -1]);
        line.Function.Evaluate(0.25);
        line.Function.Evaluate(1);
        line.Function.Evaluate(1e-3);
        line.Function.Evaluate(2e-3);
        line.Function.AcceptBest(1e-4).ShouldBe(LineSearchOutcome.Decrease);
        line.Function.Accepted.X.ShouldBe([1.5, 1]);
        line.Function.Accepted.Value.ShouldBe(s_f.Value([1.5, 1]));
        line.Function.Accepted.Gradient.ShouldBe(s_f.Gradient([1.5, 1]));
    }

    [Fact]
    public void Points_beyond_the_bounds_are_projected()
    {
        using Line line = new(s_f, [1, 2], [0.5, -1], new Bounds([0, 0.5], [1.2, 2]));
        line.Function.Evaluate(2);
        line.Function.AcceptLast();
        line.Function.Accepted.X.ShouldBe([1.2, 0.5]);
    }

    [Fact]
    public void A_step_lost_in_rounding_costs_nothing()
    {
        using Line line = new(s_f, [1, 2], [0.5, -1]);
        line.Function.Evaluate(1e-20).ShouldBe(new LineSample(1e-20, 0, line.Function.InitialSlope));
        line.Counts.Values.ShouldBe(0);
    }

    [Fact]
    public void Trials_take_no_memory()
    {
        Objective f = Objective.Of(x => (x * x).Sum());
        double[] x = [.. Enumerable.Repeat(1.0, 1000)], d = [.. Enumerable.Repeat(-1.0, 1000)];
        using Line line = new(f, x, d);
        double[] gradient = new double[1000];
        long perGradient = Allocated(() => f.Gradient(x, gradient));
        int k = 0;
        // The oracle copies the gradient of a new best point: the trials here go up.
        line.Function.Evaluate(0.5);
        Allocated(() => line.Function.Evaluate(0.4 - 1e-3 * k++)).ShouldBeLessThanOrEqualTo(perGradient + 200);
    }

    private static long Allocated(Action action)
    {
        for (int i = 0; i < 5; i++)
            action();
        return Allocation.Least(action);
    }
}
