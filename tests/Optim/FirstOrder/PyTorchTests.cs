using System.Globalization;
using AutoDiff.Optim;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;
using AutoDiff.Optim.Schedules;

namespace AutoDiff.Tests.Optim.FirstOrder;

/// <summary>Methods and schedules against PyTorch's, from Data/tables/optimizers.tsv, which optimizers.py beside it computes.</summary>
public class PyTorchTests
{
    private static readonly ILookup<string, double[]> s_table =
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "tables", "optimizers.tsv"))
        .Select(line => line.Split('\t')).ToLookup(
            row => row[0], row => row[2..].Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray());

    private static Var Function(VarVector p)
    {
        (Var x, Var y, Var z) = (p[0], p[1], p[2]);
        return Math.Exp(0.3 * x + 0.5 * y) + Math.Pow(x - y * y, 2) + Math.Sqrt(1 + z * z) + Math.Sin(x * z) + 0.1 * Math.Pow(z, 4);
    }

    public static TheoryData<string, FirstOrderMinimizer> Methods() => new()
    {
        { "GradientDescent", new GradientDescent { LearningRate = 0.05 } },
        { "HeavyBall", new HeavyBall { LearningRate = 0.02 } },
        { "HeavyBall decay", new HeavyBall { LearningRate = 0.02, WeightDecay = 0.1 } },
        { "HeavyBall decay clip", new HeavyBall { LearningRate = 0.05, WeightDecay = 0.1, MaxGradientNorm = 0.75 } },
        { "Nesterov", new Nesterov { LearningRate = 0.02 } },
        { "RmsProp", new RmsProp { LearningRate = 0.02 } },
        { "RmsProp decay", new RmsProp { LearningRate = 0.02, Alpha = 0.9, Epsilon = 1e-6, WeightDecay = 0.1 } },
        { "Adam", new Adam { LearningRate = 0.1 } },
        { "Adam decay", new Adam { LearningRate = 0.1, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-6, WeightDecay = 0.1 } },
        { "AdamW", new AdamW { LearningRate = 0.1 } },
        { "AdamW decay", new AdamW { LearningRate = 0.1, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-6, WeightDecay = 0.3 } },
    };

    [Theory, MemberData(nameof(Methods))]
    public void The_iterates_are_PyTorch_s(string name, FirstOrderMinimizer method)
    {
        double[][] expected = [.. s_table[name]];
        expected.Length.ShouldBe(20);
        List<double[]> iterates = Watched.Iterates(method, Function, [1, -0.5, 2], 20);
        for (int k = 1; k <= 20; k++)
        {
            for (int i = 0; i < 3; i++)
                iterates[k][i].ShouldBe(expected[k - 1][i], 2e-13, $"step {k}, coordinate {i}");
        }
    }

    public static TheoryData<string, LearningRateSchedule> Schedules() => new()
    {
        { "StepDecay", new StepDecay(7, 0.5) },
        { "ExponentialDecay", new ExponentialDecay(0.9) },
        { "CosineAnnealing", new CosineAnnealing(25) { Lowest = 0.01 } },
        { "CosineAnnealing restarts", new CosineAnnealing(5) { Restarts = true, PeriodFactor = 2, Lowest = 0.001 } },
        { "OneCycle", new OneCycle(40) },
        { "PlateauDecay", new PlateauDecay { Factor = 0.5, Patience = 3, Cooldown = 2, Lowest = 0.01 } },
    };

    [Theory, MemberData(nameof(Schedules))]
    public void The_rates_are_PyTorch_s(string name, LearningRateSchedule schedule)
    {
        double[][] expected = [.. s_table[name]];
        expected.Length.ShouldBeGreaterThan(25);
        GradientDescent options = new();
        using Oracle oracle = new(Objective.Of(x => x[0]), 1, options, default);
        Probe probe = new(oracle, options);
        RateController controller = schedule.Begin(new RandomStreamSource(1));
        for (int k = 0; k < expected.Length; k++)
        {
            probe.Learn(1 + Math.Pow(Math.Max(0, 5 - k), 2));
            controller.Rate(k, 0.1, probe).ShouldBe(expected[k][0], 1e-15, $"step {k}");
        }
    }

    private sealed class Probe(Oracle oracle, GradientDescent options) : FirstOrderIteration(oracle, options, new DescentRule())
    {
        public void Learn(double value)
        {
            Value = value;
            Known();
        }
    }
}
