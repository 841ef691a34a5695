using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.LineSearchMethods;

public class BoundedLbfgsTests
{
    private const double Inf = double.PositiveInfinity;
    private static readonly Lbfgs s_method = new() { Certify = false, GradientTolerance = 1e-8 };

    // W. Hock, K. Schittkowski, Test Examples for Nonlinear Programming Codes, 1981: those with bounds alone.
    public static TheoryData<int> HockSchittkowskiNumbers => [1, 2, 3, 4, 5, 38, 45, 110];

    private static (Func<VarVector, Var> F, double[] Start, double[] Lower, double[] Upper, double Minimum) HockSchittkowski(int number) =>
        number switch
    {
        1 => (Rosenbrock, [-2, 1], [-Inf, -1.5], [Inf, Inf], 0),
        // x₂ = 3/2 and 400x₁³ − 598x₁ − 2 = 0: of its roots 1.22437 gives the lowest minimum, this one the minimum nearer to the start.
        2 => (Rosenbrock, [-2, 1], [-Inf, 1.5], [Inf, Inf], RosenbrockAt(-1.2210262421071016, 1.5)),
        3 => (x => x[1] + 1e-5 * Math.Square(x[1] - x[0]), [10, 1], [-Inf, 0], [Inf, Inf], 0),
        4 => (x => (x[0] + 1) * Math.Square(x[0] + 1) / 3 + x[1], [1.125, 0.125], [1, 0], [Inf, Inf], 8.0 / 3),
        5 =>
            (x => Math.Sin(x[0] + x[1]) + Math.Square(x[0] - x[1]) - 1.5 * x[0] + 2.5 * x[1] + 1, [0, 0], [-1.5, -3], [4, 3],
            -Math.Sqrt(3) / 2 - Math.PI / 3),
        38 => (x => MoreGarbowHillstrom.Wood().Objective.Value(x), [-3, -1, -3, -1], [-10, -10, -10, -10], [10, 10, 10, 10], 0),
        45 => (x => 2 - x.Product() / 120, [2, 2, 2, 2, 2], [0, 0, 0, 0, 0], [1, 2, 3, 4, 5], 1),
        110 =>
            (x => (Math.Square(Math.Log(x - 2)) + Math.Square(Math.Log(10 - x))).Sum() - Math.Pow(x.Product(), 0.2), Fill(9), Fill(2.001),
            Fill(9.999), -45.77846971),
        _ => throw new ArgumentOutOfRangeException(nameof(number)),
    };

    [Theory, MemberData(nameof(HockSchittkowskiNumbers))]
    public void Known_solutions_are_found_and_no_point_outside_is_evaluated(int number)
    {
        (Func<VarVector, Var> f, double[] start, double[] lower, double[] upper, double minimum) = HockSchittkowski(number);
        int outside = 0;
        Objective watched = Objective.Of(x =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                if (x[i] < lower[i] || x[i] > upper[i])
                    outside++;
            }
            return f(x);
        });
        Bounds bounds = new(lower, upper);
        OptimizationResult result = s_method.Minimize(watched, start, bounds);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, result.ToString());
        result.Value.ShouldBe(minimum, 1e-8);
        bounds.Criticality(result.X, watched.Gradient(result.X)).ShouldBeLessThanOrEqualTo(1e-8);
        result.GradientNorm.ShouldBe(bounds.Criticality(result.X, watched.Gradient(result.X)), 1e-20);
        outside.ShouldBe(0);
        result.Counts.Values.ShouldBeLessThan(150);
    }

    [Theory, InlineData(1, 3), InlineData(2, 5), InlineData(3, 10), InlineData(4, 10)]
    public void Convex_quadratics_are_solved_to_their_multipliers(int seed, int memory)
    {
        // min ½xᵀAx − bᵀx over a box, A tridiagonal: the solution x*, with active sides and multipliers, is chosen first, and b follows.
        const int n = 40;
        Random random = new(seed);
        double[] solution = new double[n], lower = new double[n], upper = new double[n], multiplier = new double[n], b = new double[n];
        for (int i = 0; i < n; i++)
        {
            (lower[i], upper[i]) = (-random.NextDouble(), random.NextDouble());
            switch (random.Next(4))
            {
                case 0: (solution[i], multiplier[i]) = (lower[i], random.NextDouble()); break;
                case 1: (solution[i], multiplier[i]) = (upper[i], -random.NextDouble()); break;
                case 2: (solution[i], multiplier[i]) = (upper[i], 0); break;
                default: solution[i] = lower[i] + (0.1 + 0.8 * random.NextDouble()) * (upper[i] - lower[i]); break;
            }
        }
        for (int i = 0; i < n; i++)
            b[i] = (2 + i) * solution[i] - (i > 0 ? solution[i - 1] : 0) - (i + 1 < n ? solution[i + 1] : 0) - multiplier[i];
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < n; i++)
                sum += 0.5 * (2 + i) * x[i] * x[i] - b[i] * x[i] - (i > 0 ? x[i] * x[i - 1] : 0);
            return sum;
        });
        OptimizationResult result = (s_method with { Memory = memory }).Minimize(f, new double[n], new Bounds(lower, upper));
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, result.ToString());
        for (int i = 0; i < n; i++)
        {
            result.X[i].ShouldBe(solution[i], 1e-7);
            if (multiplier[i] != 0)
            {
                result.X[i].ShouldBe(solution[i]);
                result.Gradient[i].ShouldBe(multiplier[i], 1e-6);
            }
        }
    }

    [Fact]
    public void Fixed_variables_stay_and_a_start_outside_is_brought_in()
    {
        OptimizationResult result = s_method.Minimize(RosenbrockLambda.Scalar(), [7, 7, 7], new Bounds([-2, 0.5, -Inf], [2, 0.5, 0.1]));
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, result.ToString());
        result.X[1].ShouldBe(0.5);
        result.X[2].ShouldBe(0.1);
        // ∂f/∂x₁ = 0 at x₂ = ½: 400x₁³ − 198x₁ − 2 = 0.
        double x = result.X[0];
        (400 * x * x * x - 198 * x - 2).ShouldBe(0, 1e-7);
    }

    [Fact]
    public void Where_all_variables_are_fixed_the_start_is_the_solution()
    {
        OptimizationResult result = s_method.Minimize(RosenbrockLambda.Scalar(), [5, 5], new Bounds([1, 2], [1, 2]));
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.X.ShouldBe([1, 2]);
        result.Counts.ShouldBe(new Counts(1, 1));
    }

    [Fact]
    public void A_bound_with_a_multiplier_of_zero_is_reached()
    {
        Objective f = Objective.Of(x => Math.Square(x[0]) + Math.Square(x[1] - 1) + 0.1 * x[0] * (x[1] - 1));
        OptimizationResult result = s_method.Minimize(f, [3, 3], new Bounds([0, -Inf], [Inf, Inf]));
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.X[0].ShouldBe(0, 1e-8);
        result.X[1].ShouldBe(1, 1e-8);
    }

    [Theory, InlineData(2), InlineData(10)]
    public void Infinite_bounds_lead_where_no_bounds_do(int memory)
    {
        double[] start = [-1.2, 1, -1.2, 1, 0.7, 0.2];
        Lbfgs method = s_method with { Memory = memory };
        OptimizationResult free = method.Minimize(RosenbrockLambda.Scalar(), start);
        OptimizationResult bounded = method.Minimize(RosenbrockLambda.Scalar(), start, Bounds.Box(6, -Inf, Inf));
        bounded.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        for (int i = 0; i < 6; i++)
            bounded.X[i].ShouldBe(free.X[i], 1e-7);
        // The same method in other arithmetic: the first iterates agree but for rounding.
        Lbfgs first = method with { MaxIterations = 8 };
        double[] a = first.Minimize(RosenbrockLambda.Scalar(), start).X,
            b = first.Minimize(RosenbrockLambda.Scalar(), start, Bounds.Box(6, -Inf, Inf)).X;
        for (int i = 0; i < 6; i++)
            b[i].ShouldBe(a[i], 1e-9);
    }

    [Fact]
    public void A_resumed_run_goes_on_with_the_same_bits()
    {
        List<Checkpoint> checkpoints = [];
        Bounds bounds = new([-0.5, -2, 0.2, -Inf, -1], [0.6, 2, Inf, 0.3, 5]);
        Lbfgs method = s_method
            with { Memory = 4, CheckpointEvery = 1, OnCheckpoint = checkpoints.Add, GradientTolerance = 0, MaxIterations = 40 };
        OptimizationResult whole = method.Minimize(RosenbrockLambda.Scalar(), [-1.2, 1, -1.2, 1, 3], bounds);
        checkpoints.Count.ShouldBeGreaterThan(10);
        foreach (Checkpoint checkpoint in checkpoints)
            LbfgsTests.Same((method with { OnCheckpoint = null }).Resume(RosenbrockLambda.Scalar(), checkpoint, bounds), whole);
        Should.Throw<InvalidDataException>(
            () => method.Resume(RosenbrockLambda.Scalar(), checkpoints[3], Bounds.Box(5, 0, 1))).Message.ShouldContain("other bounds");
        Should.Throw<InvalidDataException>(() => method.Resume(RosenbrockLambda.Scalar(), checkpoints[3])).Message.ShouldContain(
            "other bounds");
    }

    [Theory, InlineData(-41), InlineData(60)]
    public void Iterates_do_not_change_when_f_is_multiplied_by_a_power_of_two(int power)
    {
        double factor = Math.ScaleB(1, power);
        Objective f = RosenbrockLambda.Scalar(), scaled = Objective.Of(x => factor * f.Value(x));
        Bounds bounds = new([-2, -2, 0.2], [0.8, 2, 0.4]);
        foreach (int iterations in new[] { 1, 2, 5, 12 })
        {
            Lbfgs method = s_method with { GradientTolerance = 0, MaxIterations = iterations };
            OptimizationResult plain = method.Minimize(f, [-1.2, 1, 0.5], bounds), other = method.Minimize(scaled, [-1.2, 1, 0.5], bounds);
            other.X.ShouldBe(plain.X);
            other.Counts.ShouldBe(plain.Counts);
        }
    }

    [Theory, InlineData(1), InlineData(5)]
    public void Limits_on_evaluations_are_exact(int limit)
    {
        OptimizationResult result =
            (s_method with { MaxEvaluations = limit }).Minimize(RosenbrockLambda.Scalar(), [-1.2, 1], Bounds.Box(2, -2, 0.9));
        result.Status.ShouldBe(OptimizationStatus.LimitEvaluations);
        result.Counts.ShouldBe(new Counts(limit, limit));
    }

    [Fact]
    public void A_hundred_thousand_variables_with_half_of_them_at_bounds_are_solved()
    {
        Objective f = Objective.Of(x => (Math.Square(Math.Square(x) - 1) + Math.Square(x - 0.5)).Sum() + (x[1..] * x[..^1]).Sum() / 10);
        const int n = 100_000;
        double[] start = [.. Enumerable.Range(0, n).Select(i => 0.2 + Math.Sin(i) / 10)];
        double[] upper = [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 0.5 : 2)];
        OptimizationResult result = (s_method with { GradientTolerance = 1e-6 }).Minimize(f, start, new Bounds(new double[n], upper));
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, result.ToString());
        result.Iterations.ShouldBeLessThan(60);
        result.X.Where((x, i) => i % 2 == 0).ShouldAllBe(x => x == 0.5);
    }

    [Fact]
    public void Bounds_of_another_dimension_are_refused()
    {
        Should.Throw<ShapeMismatchException>(
            () =>
            new Lbfgs().Minimize(RosenbrockLambda.Scalar(), [1, 2, 3], Bounds.Box(2, 0, 1))).Message.ShouldContain(
            "2 variables; the point has 3");
        Should.Throw<ArgumentNullException>(() => new Lbfgs().Minimize(RosenbrockLambda.Scalar(), [1, 2, 3], (Bounds)null!));
    }

    private static double[] Fill(double value) => [.. Enumerable.Repeat(value, 10)];

    private static Var Rosenbrock(VarVector x) => 100 * Math.Square(x[1] - x[0] * x[0]) + Math.Square(1 - x[0]);

    private static double RosenbrockAt(double x, double y) => 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
}
