using AutoDiff.Optim;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;
using AutoDiff.Tests.House;

namespace AutoDiff.Tests.Optim.FirstOrder;

public class BeginningTests
{
    private static readonly Adam s_options =
        new() { LearningRate = 0.1, Schedule = new WarmUp(3) { Of = new PlateauDecay { Patience = 0, Factor = 0.5 } }, Seed = 9 };

    [Theory, InlineData(false), InlineData(true)]
    public void After_a_saddle_was_left_nothing_is_remembered(bool inBatches)
    {
        double[] elsewhere = [1, -0.5, 0.25, 2];
        double[][] fresh = Steps([], elsewhere, inBatches), later = Steps([0.1, 3, -1, 0], elsewhere, inBatches);
        for (int k = 0; k < fresh.Length; k++)
        {
            // The order of batches goes on, all else begins anew.
            if (inBatches)
                later[k].ShouldNotBe(fresh[k]);
            else
                later[k].ShouldBe(fresh[k]);
        }
        if (inBatches)
            Math.Abs(later[0][0] - elsewhere[0]).ShouldBe(0.1 / 3, 1e-6);
    }

    [Fact]
    public void An_iteration_allocates_nothing()
    {
        Objective f = Objective.Of(x => 0.5 * x[0] * x[0] + 3 * x[1] * x[1]);
        foreach (FirstOrderMinimizer method in (
            FirstOrderMinimizer[])[new GradientDescent { MaxGradientNorm = 0.1, WeightDecay = 0.01 }, new Nesterov(), new Adam(),
            new RmsProp(), new PerturbedGradientDescent { WaitingSteps = 5000 }])
        {
            FirstOrderMinimizer endless = method
                with { Certify = false, GradientTolerance = 0, LearningRate = 1e-4,
                Schedule = new WarmUp(10) { Of = new PlateauDecay { Lowest = 1e-6 } } };
            // Twice the iterations allocate no more.
            (Allocated(endless, f, 4000) - Allocated(endless, f, 2000)).ShouldBeLessThan(512, method.GetType().Name);
        }
    }

    private static long Allocated(FirstOrderMinimizer method, Objective f, int iterations) =>
        Allocation.Least(() => (method with { MaxIterations = iterations }).Minimize(f, [1, 2]).Iterations.ShouldBe(iterations));

    private static double[][] Steps(double[] before, double[] start, bool inBatches)
    {
        DataObjective f = Regression.Mean();
        using Oracle oracle = new(f, 4, s_options, default);
        FirstOrderIteration iteration =
            new(oracle, s_options, new AdamRule(4, 0.9, 0.999, 1e-8, 0), 0, inBatches
            ? new BatchOrder(f, new MiniBatches(5), s_options.Seed) : null);
        if (before.Length > 0)
        {
            Begin(iteration, before);
            for (int k = 0; k < 7; k++)
                iteration.Advance().ShouldBeNull();
        }
        Begin(iteration, start);
        List<double[]> points = [];
        for (int k = 0; k < 7; k++)
        {
            iteration.Advance().ShouldBeNull();
            points.Add([.. iteration.X]);
        }
        return [.. points];
    }

    private static void Begin(FirstOrderIteration iteration, double[] x)
    {
        x.CopyTo(iteration.X, 0);
        iteration.Evaluate();
        iteration.Begin();
    }
}
