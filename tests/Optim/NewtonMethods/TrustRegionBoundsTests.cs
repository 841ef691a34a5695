using AutoDiff.Optim;
using AutoDiff.Optim.Kernels;
using static AutoDiff.Tests.Optim.NewtonMethods.Functions;

namespace AutoDiff.Tests.Optim.NewtonMethods;

public class TrustRegionBoundsTests
{
    private const double Inf = double.PositiveInfinity;

    private static readonly TrustRegionNewton s_method = new() { Certify = false, GradientTolerance = 1e-8 };

    // Ends the run if it ever looks outside.
    private static Objective Guarded(Func<VarVector, Var> f, Bounds bounds) => Objective.Of(x =>
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (!(x[i].Value >= bounds.Lower[i] && x[i].Value <= bounds.Upper[i]))
                throw new InvalidOperationException($"x[{i}] = {x[i].Value} is not within [{bounds.Lower[i]}, {bounds.Upper[i]}].");
        }
        return f(x);
    });

    private static OptimizationResult Minimize(Func<VarVector, Var> f, double[] x0, Bounds bounds)
    {
        OptimizationResult result = s_method.Minimize(Guarded(f, bounds), x0, bounds);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, $"{result} {result.Exception}");
        bounds.Criticality(result.X, result.Gradient).ShouldBeLessThanOrEqualTo(1e-8);
        result.GradientNorm.ShouldBe(bounds.Criticality(result.X, result.Gradient));
        return result;
    }

    [Fact]
    public void Rosenbrocks_valley_ends_at_the_bound()
    {
        OptimizationResult result = Minimize(RosenbrockSum, [-1.2, 1], new Bounds([-Inf, -Inf], [0.5, Inf]));
        result.X[0].ShouldBe(0.5);
        result.X[1].ShouldBe(0.25, 1e-9);
    }

    [Fact]
    public void A_start_outside_is_projected()
    {
        OptimizationResult result = Minimize(x => Square(x[0] - 5) + Square(x[1] + 5) + x[0] * x[1], [100, 100], Bounds.Box(2, -1, 2));
        result.X.ShouldBe([2.0, -1.0]);
    }

    [Fact]
    public void Fixed_variables_stay_and_the_others_are_minimized_over()
    {
        OptimizationResult result = Minimize(RosenbrockSum, [-1.2, 7, 1, 1], new Bounds([-Inf, 4, -Inf, 1], [Inf, 4, Inf, 1]));
        result.X[1].ShouldBe(4);
        result.X[3].ShouldBe(1);
        // 400t³ − 1598t = 2 has its roots near −2, 0 and 2.
        (400 * Math.Pow(result.X[0], 3) - 1598 * result.X[0]).ShouldBe(2, 1e-6);
        result.X[2].ShouldBe(1, 1e-8);
        Minimize(RosenbrockSum, [3, 3], new Bounds([3, 3], [3, 3])).X.ShouldBe([3.0, 3.0]);
    }

    [Fact]
    public void A_concave_function_ends_in_a_corner()
    {
        OptimizationResult result = Minimize(x => -Square(x[0]) - 2 * Square(x[1]) - x[0] * x[1], [0.1, 0.2], Bounds.Box(2, -1, 3));
        result.X.ShouldBe([3.0, 3.0]);
    }

    [Fact]
    public void Without_finite_bounds_the_run_is_the_unconstrained_one()
    {
        double[] x0 = Repeat(10, -1.2, 1, 4, -3);
        OptimizationResult bounded = s_method.Minimize(Rosenbrock, x0, Bounds.Box(10, -Inf, Inf)), free = s_method.Minimize(Rosenbrock, x0);
        bounded.X.ShouldBe(free.X);
        bounded.Counts.ShouldBe(free.Counts);
    }

    [Fact]
    public void Bounds_that_never_hold_lead_to_the_unconstrained_minimum()
    {
        OptimizationResult result = Minimize(RosenbrockSum, Repeat(10, -1.2, 1, 4, -3), Bounds.Box(10, -1e6, 1e6));
        result.X.ShouldAllBe(x => Math.Abs(x - 1) < 1e-7);
    }

    [Fact]
    public void Random_convex_quadratics_reach_the_vertex_face_or_interior_that_is_theirs()
    {
        const int n = 30;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            RandomStream random = new(seed);
            double[] c = new double[n], x0 = new double[n], z = new double[n];
            random.FillNormal(c);
            random.FillNormal(x0);
            random.FillNormal(z);
            // Strictly convex: the first-order conditions, which Minimize tests, make the solution the only one.
            OptimizationResult result = Minimize(x =>
            {
                Var sum = 0, coupling = 0;
                for (int i = 0; i < n; i++)
                {
                    sum += (i + 1) * Square(x[i] - 2 * c[i]);
                    coupling += z[i] * x[i];
                }
                return sum + 3 * Square(coupling);
            }, x0, Bounds.Box(n, -1, 0.5));
            int atBounds = result.X.Count(x => x is -1 or 0.5);
            atBounds.ShouldBeInRange(5, n - 1);
        }
    }

    [Fact]
    public void An_obstacle_problem_of_many_variables_finds_its_contact_set()
    {
        // A string under load on [0, 1] over a floor; in contact on [√(2·0.05/1), 1 − …] of the continuous problem.
        const int n = 1000;
        double h = 1.0 / (n + 1);
        OptimizationResult result = Minimize(x =>
        {
            Var sum = 0;
            for (int i = 0; i <= n; i++)
            {
                Var left = i == 0 ? 0 : x[i - 1], right = i == n ? 0 : x[i];
                sum += 0.5 * Square(right - left) / h;
            }
            return sum + h * x.Sum();
        }, new double[n], Bounds.Box(n, -0.05, Inf));
        double contact = Math.Sqrt(0.1);
        ((double)result.X.Count(x => x == -0.05)).ShouldBe((1 - 2 * contact) / h, 3);
    }

    [Fact]
    public void The_domain_of_a_logarithm_can_be_kept_by_bounds()
    {
        OptimizationResult result =
            Minimize(x => x[0] - Math.Log(x[0]) + Square(x[1] - x[0]), [1e-3, 9], new Bounds([1e-9, -Inf], [Inf, 0.5]));
        result.X[1].ShouldBe(0.5);
        (1 - 1 / result.X[0] + 2 * (result.X[0] - 0.5)).ShouldBe(0, 1e-8);
    }

    [Fact]
    public void A_bounded_run_resumes_with_the_same_bits()
    {
        Bounds bounds = new(Repeat(8, -1.5, 0.5), Repeat(8, 0.7, 2));
        List<Checkpoint> checkpoints = [];
        TrustRegionNewton method = s_method with { CheckpointEvery = 1, OnCheckpoint = checkpoints.Add, InitialRadius = 50 };
        OptimizationResult whole = method.Minimize(Rosenbrock, Repeat(8, -1.2, 1, 0.1, 2), bounds);
        checkpoints.Count.ShouldBeGreaterThan(3);
        foreach (Checkpoint checkpoint in checkpoints)
        {
            OptimizationResult resumed = (method with { OnCheckpoint = null }).Resume(Rosenbrock, checkpoint, bounds);
            resumed.X.ShouldBe(whole.X);
            resumed.Counts.ShouldBe(whole.Counts);
            resumed.Iterations.ShouldBe(whole.Iterations);
        }
    }

    [Fact]
    public void Bounds_for_another_number_of_variables_are_refused()
    {
        Should.Throw<ShapeMismatchException>(() => s_method.Minimize(Rosenbrock, [1, 2], Bounds.Box(3, 0, 1)));
        Should.Throw<ArgumentNullException>(() => s_method.Minimize(Rosenbrock, [1, 2], (Bounds)null!));
    }
}
