using AutoDiff.Optim;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.TrustRegions;

namespace AutoDiff.Tests.Optim.TrustRegions;

public class ProjectedGltrTests
{
    private const int N = 12;

    private static (double[] X, Bounds Bounds) Box(ulong seed)
    {
        RandomStream random = new(seed);
        double[] x = new double[N], lower = new double[N], upper = new double[N];
        for (int i = 0; i < N; i++)
        {
            x[i] = random.NextNormal();
            (lower[i], upper[i]) = (x[i] - random.NextUnit(), x[i] + random.NextUnit());
            if (i % 4 == 0)
                lower[i] = x[i];
            if (i % 5 == 0)
                upper[i] = double.PositiveInfinity;
        }
        (lower[3], upper[3]) = (x[3], x[3]);
        return (x, new Bounds(lower, upper));
    }

    private static void ShouldStayFeasible(double[] x, double[] s, Bounds bounds)
    {
        for (int i = 0; i < x.Length; i++)
        {
            s[i].ShouldBeGreaterThanOrEqualTo(bounds.Lower[i] - x[i]);
            s[i].ShouldBeLessThanOrEqualTo(bounds.Upper[i] - x[i]);
        }
    }

    [Theory, InlineData(0.0), InlineData(12.0), InlineData(-12.0)]
    public void The_step_is_feasible_and_decreases_the_model_by_what_it_says(double shift)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var (a, g) = GltrTests.Problem(N, shift, seed);
            var (x, bounds) = Box(seed);
            foreach (double radius in (double[])[1e-3, 0.3, 2, 1e3])
            {
                double[] s = new double[N];
                ProjectedGltr solver = new(N, 50, bounds);
                solver.Begin(x, g);
                ModelStep step = solver.Solve(new CountingOperator(a), StepBound.Within(radius), 1e-8, s);
                ShouldStayFeasible(x, s, bounds);
                step.Length.ShouldBe(Vectors.Norm(s));
                step.Length.ShouldBeLessThanOrEqualTo(2 * radius * (1 + 1e-12));
                step.Decrease.ShouldBeGreaterThan(0);
                ModelOracle.Value(a, g, s, StepBound.Within(radius)).ShouldBe(-step.Decrease, 1e-10 * step.Decrease);
            }
        }
    }

    [Fact]
    public void On_a_convex_model_in_a_wide_region_the_step_satisfies_the_conditions_of_its_minimum()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var (a, g) = GltrTests.Problem(N, 15, seed);
            var (x, bounds) = Box(seed);
            double[] s = new double[N];
            ProjectedGltr solver = new(N, 50, bounds);
            solver.Begin(x, g);
            solver.Solve(new CountingOperator(a), StepBound.Within(1e4), 1e-10, s);
            // On the face that the step lies on the model's gradient vanishes, even where a bound might have been left again.
            double[] gradient = new CountingOperator(a).Array(s);
            for (int i = 0; i < N; i++)
            {
                if (s[i] > bounds.Lower[i] - x[i] && s[i] < bounds.Upper[i] - x[i])
                    (gradient[i] + g[i]).ShouldBe(0, 1e-8 * Vectors.Norm(g));
            }
        }
    }
}
