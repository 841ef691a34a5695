using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.FirstOrder;

/// <summary>From any checkpoint on, a run has the same bits as one that was not interrupted.</summary>
public class ResumeTests
{
    private const int Length = 54;

    private static readonly FirstOrderMinimizer[] s_methods =
    [
        new GradientDescent { LearningRate = 0.1 }, new Momentum { LearningRate = 0.1 }, new HeavyBall { LearningRate = 0.03 },
            new Nesterov { LearningRate = 0.03 },
        new RmsProp { LearningRate = 0.05 }, new Adam { LearningRate = 0.05, WeightDecay = 0.01 }, new AdamW { LearningRate = 0.05 },
        new PerturbedGradientDescent { LearningRate = 0.3, WaitingSteps = 7, GradientThreshold = 0.1 },
    ];

    private static readonly LearningRateSchedule?[] s_schedules =
    [
        null, new ConstantRate(0.5), new StepDecay(9, 0.7), new ExponentialDecay(0.99),
            new CosineAnnealing(10) { Restarts = true, PeriodFactor = 2 }, new WarmUp(20) { Of = new CosineAnnealing(60) },
        new OneCycle(60), new PlateauDecay { Patience = 1, Factor = 0.8, Threshold = 0.02 },
            new CurvatureRate { Every = 5, Fraction = 0.3, MaxProducts = 4 },
        new SaddleBoost { GradientThreshold = 1, Every = 3, Steps = 2,
            Of = new WarmUp(5) { Of =
            new PlateauDecay { Patience = 2, Factor = 0.8, Of = new CurvatureRate { Every = 7, Fraction = 0.2, UseLowest = true } } } },
    ];

    // Nonconvex in the first two variables, so that the saddle boost has something to find.
    private static DataObjective Data() =>
        Objective.Mean(Regression.Rows(), (x, row) => Regression.Term(x, row) + 0.3 * Math.Cos(2 * x[0] + row[1]) * Math.Cos(x[1]));

    public static TheoryData<int, int, bool> Cases()
    {
        TheoryData<int, int, bool> cases = new();
        for (int method = 0; method < s_methods.Length; method++)
        {
            for (int schedule = 0; schedule < s_schedules.Length; schedule++)
            {
                cases.Add(method, schedule, false);
                if (s_methods[method] is StochasticMinimizer)
                    cases.Add(method, schedule, true);
            }
        }
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_resumed_run_has_the_same_bits(int methodIndex, int scheduleIndex, bool inBatches)
    {
        DataObjective f = Data();
        List<Checkpoint> checkpoints = [];
        FirstOrderMinimizer method = s_methods[methodIndex]
            with { Schedule = s_schedules[scheduleIndex], MaxIterations = Length, KeepTrace = true, Certify = false,
            GradientTolerance = 0 };
        if (inBatches && method is StochasticMinimizer stochastic)
            method = stochastic with { Batches = new MiniBatches(9) { FullEvery = 2 } };
        OptimizationResult whole = (method with { CheckpointEvery = 1, OnCheckpoint = checkpoints.Add }).Minimize(f, [0.4, -1, 1, 0.2]);
        whole.Iterations.ShouldBe(Length, whole.ToString());
        foreach (int at in (int[])[1, 4, 17, 36, 44, 52])
        {
            using MemoryStream file = new();
            checkpoints[at - 1].Save(file);
            file.Position = 0;
            OptimizationResult resumed = method.Resume(f, Checkpoint.Load(file));
            resumed.X.ShouldBe(whole.X);
            resumed.Value.ShouldBe(whole.Value);
            resumed.Gradient.ShouldBe(whole.Gradient);
            resumed.Counts.ShouldBe(whole.Counts);
            resumed.Iterations.ShouldBe(whole.Iterations);
            resumed.Status.ShouldBe(whole.Status);
            resumed.Trace.ShouldBe(whole.Trace.Skip(at));
        }
    }

    [Fact]
    public void The_schedules_of_these_tests_do_something()
    {
        OptimizationResult plain =
            new GradientDescent { LearningRate = 0.1, MaxIterations = Length, Certify = false }.Minimize(Data(), [0.4, -1, 1, 0.2]);
        foreach (LearningRateSchedule? schedule in s_schedules[1..])
        {
            OptimizationResult result =
                new GradientDescent { LearningRate = 0.1, Schedule = schedule, MaxIterations = Length, Certify = false }.Minimize(
                Data(), [0.4, -1, 1, 0.2]);
            result.X.ShouldNotBe(plain.X, schedule!.ToString());
        }
    }

    [Fact]
    public void A_run_repeats_and_another_seed_takes_other_batches()
    {
        Adam method = new() { LearningRate = 0.05, Batches = new MiniBatches(9), MaxIterations = 50, Certify = false };
        OptimizationResult first = method.Minimize(Data(), new double[4]), again = method.Minimize(Data(), new double[4]);
        again.X.ShouldBe(first.X);
        (method with { Seed = 2 }).Minimize(Data(), new double[4]).X.ShouldNotBe(first.X);
    }
}
