using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Problems;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.LeastSquares;

/// <summary>Levenberg–Marquardt beyond the certified regressions: solvers, limits, failures, invariance, resuming.</summary>
public class LevenbergMarquardtTests
{
    private static readonly VectorFunction s_rosenbrock = VectorFunction.Of(x => VarVector.Of(10 * (x[1] - x[0] * x[0]), 1 - x[0]));
    private static readonly double[] s_start = [-1.2, 1];

    public static TheoryData<LevenbergMarquardt> Variants() =>
    [
        new() { Solver = LeastSquaresSolver.Dense },
        new() { Solver = LeastSquaresSolver.MatrixFree },
        new() { GeodesicAcceleration = false },
        new() { GeodesicAcceleration = false, Solver = LeastSquaresSolver.MatrixFree },
        new() { InitialRadius = double.PositiveInfinity },
    ];

    [Theory, MemberData(nameof(Variants))]
    public void Every_variant_reaches_a_zero_residual(LevenbergMarquardt method)
    {
        OptimizationResult result = method.Minimize(s_rosenbrock, s_start);
        result.IsConverged.ShouldBeTrue(result.ToString());
        result.X[0].ShouldBe(1, 1e-12);
        result.X[1].ShouldBe(1, 1e-12);
        result.Value.ShouldBeLessThan(1e-24);
    }

    [Theory, MemberData(nameof(Variants))]
    public void A_linear_problem_has_the_solution_of_the_normal_equations(LevenbergMarquardt method)
    {
        double[,] a = Matrices.Random(30, 6, 1);
        double[] b = Matrices.Column(30, 2);
        VectorFunction residuals = VectorFunction.Of(x => ((VarMatrix)a).MatMul(x) - b);
        OptimizationResult result = method.Minimize(residuals, Matrices.Column(6, 3));
        Vector<double> expected = Matrix<double>.Build.DenseOfArray(a).QR().Solve(Vector<double>.Build.Dense(b));
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        for (int j = 0; j < 6; j++)
            result.X[j].ShouldBe(expected[j], 1e-9);
    }

    [Fact]
    public void The_35_problems_of_More_Garbow_and_Hillstrom_are_solved_from_their_standard_starts()
    {
        LevenbergMarquardt method = new();
        string[] missed = [.. MoreGarbowHillstrom.All.Where(
            problem => !problem.Accepts(2 * method.Minimize(problem.Residuals, problem.Start).Value)).Select(problem => problem.Name)];
        missed.ShouldBeEmpty();
    }

    [Theory, InlineData(LeastSquaresSolver.Dense), InlineData(LeastSquaresSolver.MatrixFree)]
    public void Compiled_residuals_lead_to_the_same_point(LeastSquaresSolver solver)
    {
        double[] t = [.. Enumerable.Range(0, 500).Select(i => 0.02 * i)],
            y = [.. t.Select(s => 2.5 * Math.Exp(-0.7 * s) + 0.4 * Math.Sin(40 * s))];
        VectorFunction residuals = VectorFunction.Of(x => VarVector.Of([.. t.Select((s, i) => x[0] * Math.Exp(-x[1] * s) - y[i])]));
        LevenbergMarquardt method = new() { Solver = solver };
        VectorFunction compiled = residuals.Compile([1.0, 1.0]);
        compiled.ToString()!.ShouldContain("patterns");
        OptimizationResult expected = method.Minimize(residuals, [1.0, 1.0]), result = method.Minimize(compiled, [1.0, 1.0]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.Value.ShouldBe(expected.Value, 1e-10 * expected.Value);
        for (int j = 0; j < 2; j++)
            result.X[j].ShouldBe(expected.X[j], 1e-9);
    }

    [Fact]
    public void Many_residuals_go_the_way_without_matrices()
    {
        const int n = 1000;
        LeastSquaresProblem problem = MoreGarbowHillstrom.Get(30, n, n);
        OptimizationResult result =
            new LevenbergMarquardt { DenseLimit = n * n - 1, Certify = false }.Minimize(problem.Residuals, problem.Start);
        result.Value.ShouldBeLessThan(1e-20);
        result.Counts.Gradients.ShouldBe(0);
        result.Counts.JacobianVectorProducts.ShouldBeGreaterThan(0);
        result.Counts.VectorJacobianProducts.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Columns_without_effect_and_columns_alike_do_no_harm()
    {
        VectorFunction residuals = VectorFunction.Of(x => VarVector.Of(x[0] + x[1] - 3, Math.Exp(x[0] + x[1]) - Math.Exp(3), 0 * x[2] + 1));
        OptimizationResult result = new LevenbergMarquardt().Minimize(residuals, [1, 1, 5]);
        result.IsConverged.ShouldBeTrue(result.ToString());
        (result.X[0] + result.X[1]).ShouldBe(3, 1e-12);
        result.X[2].ShouldBe(5);
        FitStatistics fit = FitStatistics.Of(residuals, result.X);
        (fit.Rank, fit.DegreesOfFreedom).ShouldBe((1, 2));
        fit.StandardErrors.ShouldAllBe(error => double.IsPositiveInfinity(error));
        fit.ConditionNumber.ShouldBe(double.PositiveInfinity);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_trial_that_is_not_finite_is_refused(bool isDense)
    {
        // The first steps go where the logarithm is none.
        VectorFunction residuals = VectorFunction.Of(x => VarVector.Of(Math.Log(x[0]), Math.Log(x[0]) * 0.5));
        LevenbergMarquardt method = new() { KeepTrace = true, Solver = isDense ? LeastSquaresSolver.Dense : LeastSquaresSolver.MatrixFree };
        OptimizationResult result = method.Minimize(residuals, [20]);
        result.Trace.ShouldContain(step => step.StepLength == 0);
        result.Trace.ShouldAllBe(step => double.IsFinite(step.Value));
        result.X[0].ShouldBe(1, 1e-12);
    }

    [Fact]
    public void A_start_that_is_not_finite_is_named() =>
        new LevenbergMarquardt().Minimize(VectorFunction.Of(x => Math.Log(x)), [-1]).Status.ShouldBe(OptimizationStatus.NonFiniteStart);

    [Fact]
    public void An_exception_of_the_residuals_ends_the_run_with_the_best_point_if_it_shall()
    {
        int calls = 0;
        VectorFunction residuals = VectorFunction.Of(x => ++calls > 7 ? throw new TimeoutException("later") : s_rosenbrock.Value(x));
        OptimizationResult result = new LevenbergMarquardt { EndOnException = true }.Minimize(residuals, s_start);
        result.Status.ShouldBe(OptimizationStatus.ObjectiveThrew);
        result.Exception.ShouldBeOfType<TimeoutException>();
        result.Value.ShouldBeLessThan(12.1);
        result.X.Length.ShouldBe(2);
    }

    [Fact]
    public void A_changing_number_of_residuals_is_a_mistake()
    {
        int calls = 0;
        VectorFunction residuals = VectorFunction.Of(x => ++calls < 4 ? x : VarVector.Of(x[0]));
        Should.Throw<ShapeMismatchException>(() => new LevenbergMarquardt { GeodesicAcceleration = false }.Minimize(residuals, [3, 4]));
    }

    [Fact]
    public void Limits_are_exact()
    {
        OptimizationResult whole = new LevenbergMarquardt().Minimize(s_rosenbrock, s_start);
        for (int limit = 1; limit < Math.Min(whole.Iterations, whole.Counts.Gradients); limit++)
        {
            OptimizationResult values = new LevenbergMarquardt { MaxEvaluations = limit }.Minimize(s_rosenbrock, s_start);
            (values.Status, values.Counts.Values).ShouldBe((OptimizationStatus.LimitEvaluations, (long)limit));
            OptimizationResult jacobians = new LevenbergMarquardt { MaxGradients = limit }.Minimize(s_rosenbrock, s_start);
            (jacobians.Status, jacobians.Counts.Gradients).ShouldBe((OptimizationStatus.LimitEvaluations, (long)limit));
            OptimizationResult iterations = new LevenbergMarquardt { MaxIterations = limit }.Minimize(s_rosenbrock, s_start);
            (iterations.Status, iterations.Iterations).ShouldBe((OptimizationStatus.LimitIterations, limit));
        }
    }

    [Fact]
    public void Counts_are_those_of_the_calls()
    {
        int values = 0;
        VectorFunction residuals = VectorFunction.Of(x =>
        {
            values++;
            return s_rosenbrock.Value(x);
        });
        Counts counts = new LevenbergMarquardt { Certify = false, MaxIterations = 9 }.Minimize(residuals, s_start).Counts;
        // The Jacobian follows from the run that gave the residuals; a second derivative counts as two products and is a run of its own.
        ((long)values).ShouldBe(counts.Values + counts.JacobianVectorProducts / 2);
    }

    [Fact]
    public void A_cancelled_run_returns_its_best_point()
    {
        using CancellationTokenSource source = new();
        LevenbergMarquardt method = new() { StopWhen = report => { if (report.Iteration == 3) source.Cancel(); return false; } };
        OptimizationResult result = method.Minimize(s_rosenbrock, s_start, null, source.Token);
        (result.Status, result.Iterations).ShouldBe((OptimizationStatus.Cancelled, 3));
        result.Value.ShouldBeLessThan(12.1);
    }

    [Theory, InlineData(40), InlineData(-40), InlineData(400), InlineData(-400)]
    public void Powers_of_two_in_the_residuals_change_nothing(int power)
    {
        LeastSquaresProblem problem = MoreGarbowHillstrom.All[14];
        double factor = Math.ScaleB(1, power);
        LevenbergMarquardt method = new() { Certify = false, KeepTrace = true, MaxIterations = 20 };
        OptimizationResult plain = method.Minimize(problem.Residuals, problem.Start);
        OptimizationResult scaled = method.Minimize(VectorFunction.Of(x => factor * problem.Residuals.Value(x)), problem.Start);
        scaled.X.ShouldBe(plain.X);
        scaled.Iterations.ShouldBe(plain.Iterations);
        (scaled.Value / factor / factor).ShouldBe(plain.Value);
    }

    [Fact]
    public void Powers_of_two_in_the_variables_change_nothing()
    {
        LeastSquaresProblem problem = MoreGarbowHillstrom.All[14];
        double[] units = [Math.ScaleB(1, 300), Math.ScaleB(1, -200), 1, Math.ScaleB(1, -30)];
        LevenbergMarquardt method = new() { Certify = false, MaxIterations = 20 };
        OptimizationResult plain = method.Minimize(problem.Residuals, problem.Start);
        OptimizationResult scaled =
            method.Minimize(VectorFunction.Of(x => problem.Residuals.Value(x * units)),
            [.. problem.Start.Zip(units, (x, unit) => x / unit)]);
        scaled.X.Zip(units, (x, unit) => x * unit).ShouldBe(plain.X);
    }

    [Theory, InlineData(LeastSquaresSolver.Dense), InlineData(LeastSquaresSolver.MatrixFree)]
    public void A_resumed_run_has_the_same_bits(LeastSquaresSolver solver)
    {
        NistModel model = NistModel.Load("Thurber");
        List<Checkpoint> checkpoints = [];
        LevenbergMarquardt method = new() { Solver = solver, CheckpointEvery = 1, OnCheckpoint = checkpoints.Add, MaxIterations = 60 };
        OptimizationResult whole = method.Minimize(model.Residuals, model.Problem.Start1());
        checkpoints.Count.ShouldBeGreaterThan(10);
        foreach (Checkpoint checkpoint in checkpoints.Where((_, i) => i % 7 == 3))
        {
            using MemoryStream file = new();
            checkpoint.Save(file);
            file.Position = 0;
            OptimizationResult resumed = (method with { CheckpointEvery = 0 }).Resume(model.Residuals, Checkpoint.Load(file));
            resumed.X.ShouldBe(whole.X);
            resumed.Value.ShouldBe(whole.Value);
            resumed.Counts.ShouldBe(whole.Counts);
            resumed.Iterations.ShouldBe(whole.Iterations);
            resumed.Status.ShouldBe(whole.Status);
        }
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new LevenbergMarquardt { InitialRadius = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new LevenbergMarquardt { Forcing = 1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new LevenbergMarquardt { OffsetTolerance = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new LevenbergMarquardt { DenseLimit = -1 });
        Should.Throw<ArgumentNullException>(() => new LevenbergMarquardt().Minimize(null!, [1]));
        Should.Throw<ArgumentException>(() => new LevenbergMarquardt().Minimize(s_rosenbrock, []));
    }

    [Fact]
    public void A_straight_line_takes_a_few_steps_however_it_is_scaled()
    {
        // Columns that are nearly dependent, far starts, residuals down to the rounding of the data: where the step's promise drowns,
        // damping has no say.
        SplitMix64 random = new(5);
        List<int> iterations = [];
        for (int k = 0; k < 300; k++)
        {
            double offset = Power(ref random, 0, 5), scale = Power(ref random, -1, 4), residual = Power(ref random, -12, 0);
            double a = random.NextSigned() * Power(ref random, -3, 3), b = random.NextSigned() * Power(ref random, -3, 3);
            double[] t = [.. Enumerable.Range(0, 3).Select(i => offset + scale * (i + random.NextUnit()))],
                y = [.. t.Select((v, i) => a + b * v + residual * (i == 1 ? -2 : 1))];
            double[] start = (k % 4) switch { 0 => [0, 0], 1 => [1, 1], 2 => [1e3, -1e3], _ => [a * 1.001, b] };
            VarVector times = t, data = y;
            OptimizationResult found = new LevenbergMarquardt().Minimize(VectorFunction.Of(p => p[0] + p[1] * times - data), start);
            found.IsConverged.ShouldBeTrue($"{k}: {found}");
            found.Iterations.ShouldBeLessThanOrEqualTo(60, $"{k}: {found}");
            iterations.Add(found.Iterations);
        }
        iterations.Order().ElementAt(270).ShouldBeLessThanOrEqualTo(16);

        static double Power(ref SplitMix64 random, int low, int high) =>
            Math.Pow(10, Math.Floor(low + (high - low + 1) * random.NextUnit()));
    }
}
