using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.Engine;

/// <summary>Mistakes are told where they are made, and never become numbers.</summary>
public class MisuseTests
{
    private static readonly double[] s_start = [-1.2, 1];

    private static Objective Rosenbrock => RosenbrockLambda.Scalar();

    [Fact]
    public void A_minimization_inside_a_loss_never_loses_a_dependence_in_silence()
    {
        // The inner minimizer is x₀ itself; taken for a constant, it would make every x₀ critical.
        Objective f = Objective.Of(x =>
        {
            OptimizationResult inner = new Newton().Minimize(Objective.Of(y => Math.Pow(y[0] - x[0], 2)), [0.0]);
            return Math.Pow(inner.X[0] - 2, 2) + 0 * x[0];
        });
        Should.Throw<EscapedDependenceException>(() => new Lbfgs().Minimize(f, [5.0]));
        Should.Throw<EscapedDependenceException>(() => f.Gradient([5.0]));
    }

    [Fact]
    public void So_it_is_with_fits_searches_and_verdicts()
    {
        Should.Throw<EscapedDependenceException>(
            () => Objective.Of(x => Inner(() => CriticalPoint.Classify(Objective.Of(y => y[0] * x[0]), [0.0]))).Gradient([5.0]));
        Should.Throw<EscapedDependenceException>(
            () => Objective.Of(x => Inner(() => new SaddleSearch().Find(Objective.Of(y => y[0] * x[0]), [0.0]))).Gradient([5.0]));
        Should.Throw<EscapedDependenceException>(
            () =>
            Objective.Of(x => Inner(() => new LevenbergMarquardt().Minimize(VectorFunction.Of(y => y * x[0]), [0.0]))).Gradient([5.0]));

        static Var Inner<T>(Func<T> run)
        {
            run();
            return 1.0;
        }
    }

    [Fact]
    public void A_minimization_inside_a_loss_on_numbers_is_a_constant()
    {
        Objective f = Objective.Of(x =>
        {
            OptimizationResult inner = new Newton().Minimize(Objective.Of(y => Math.Pow(y[0] - 3, 2)), [0.0]);
            return Math.Pow(x[0] - inner.X[0], 2);
        });
        new Lbfgs().Minimize(f, [5.0]).X[0].ShouldBe(3, 1e-9);
    }

    [Fact]
    public void Options_out_of_range_are_named_with_their_value()
    {
        Outside(() => new Lbfgs { TimeLimit = TimeSpan.FromSeconds(-1) }, "TimeLimit", "-00:00:01");
        Outside(() => new Lbfgs { Memory = 0 }, "Memory", "0");
        Outside(() => new Newton { BasisLimit = 0 }, "BasisLimit", "0");
        Outside(() => new TrustRegionNewton { BasisLimit = int.MinValue }, "BasisLimit", int.MinValue.ToString());
        Outside(() => new TrustRegionNewton { MaxRadius = double.NaN }, "MaxRadius", "NaN");
        Outside(() => new TrustRegionNewton { InnerSolver = (InnerSolver)7 }, "InnerSolver", "7");
        Outside(() => new TrustRegionNewton { InitialRadius = 0 }, "InitialRadius", "0");
        Outside(() => new LevenbergMarquardt { Solver = (LeastSquaresSolver)7 }, "Solver", "7");
        Outside(() => new LevenbergMarquardt { Forcing = 1 }, "Forcing", "1");
        Outside(() => new SaddleSearch { Method = (SaddleSearchMethod)7 }, "Method", "7");
        Outside(() => new Adam { LearningRate = double.PositiveInfinity }, "LearningRate", "Infinity");
        Outside(() => new Adam { Beta1 = 1 }, "Beta1", "1");
        Outside(() => new MiniBatches(0), "Size", "0");
        Outside(() => new WarmUp(10) { From = 2 }, "From", "2");
        Outside(() => new OneCycle(2), "Steps", "2");
        Outside(() => new ExponentialDecay(0), "Factor", "0");
        Outside(() => new TraceOptions { Method = (TraceMethod)7 }, "Method", "7");
        Outside(() => new TraceOptions { RelativeStandardError = double.NaN }, "RelativeStandardError", "NaN");
        Outside(() => new ExtremeEigenvalueOptions { Count = 0 }, "Count", "0");
        Outside(() => new EigenpairOptions { End = (SpectrumEnd)7 }, "End", "7");
        Outside(() => new VerdictOptions { FailureProbability = 0 }, "FailureProbability", "0");
        Outside(() => new VerdictOptions { MaxProducts = 0 }, "MaxProducts", "0");
        Outside(() => Bounds.Box(-1, 0, 1), "dimension", "-1");
        Should.Throw<ArgumentNullException>(() => new Lbfgs { Verdict = null! }).Message.ShouldContain("Certify");

        static void Outside(Func<object> make, string name, string value)
        {
            ArgumentOutOfRangeException thrown = Should.Throw<ArgumentOutOfRangeException>(make);
            thrown.ParamName.ShouldBe(name);
            thrown.Message.ShouldContain(value);
            thrown.Message.ShouldContain("must be");
        }
    }

    [Fact]
    public void A_checkpoint_is_resumed_within_its_own_bounds_only()
    {
        Bounds box = Bounds.Box(2, -2, 0.5), other = Bounds.Box(2, -2, 0.4);
        Checkpoint? within = null, without = null;
        TrustRegionNewton method = new() { CheckpointEvery = 2 };
        OptimizationResult whole = (method with { OnCheckpoint = c => within ??= c }).Minimize(Rosenbrock, s_start, box);
        (method with { OnCheckpoint = c => without ??= c }).Minimize(Rosenbrock, s_start);
        Should.Throw<InvalidDataException>(() => method.Resume(Rosenbrock, within.ShouldNotBeNull())).Message.ShouldContain("bounds");
        Should.Throw<InvalidDataException>(() => method.Resume(Rosenbrock, within!, other)).Message.ShouldContain("bounds");
        Should.Throw<InvalidDataException>(() => method.Resume(Rosenbrock, without.ShouldNotBeNull(), box)).Message.ShouldContain("bounds");
        method.Resume(Rosenbrock, within!, box).X.ShouldBe(whole.X);
    }

    [Fact]
    public void A_checkpoint_of_other_options_is_refused_with_the_remedy()
    {
        Checkpoint? plain = null, scheduled = null;
        Adam method = new() { CheckpointEvery = 3, MaxIterations = 10 }, decaying = method with { Schedule = new PlateauDecay() };
        (method with { OnCheckpoint = c => plain = c }).Minimize(Rosenbrock, s_start);
        (decaying with { OnCheckpoint = c => scheduled = c }).Minimize(Rosenbrock, s_start);
        Should.Throw<InvalidDataException>(() => decaying.Resume(Rosenbrock, plain.ShouldNotBeNull())).Message.ShouldContain(
            "options of the first run");
        Should.Throw<InvalidDataException>(() => method.Resume(Rosenbrock, scheduled.ShouldNotBeNull())).Message.ShouldContain(
            "options of the first run");
    }
}
