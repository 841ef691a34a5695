using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.TrustRegions;
using AutoDiff.Tests.Optim.Krylov;

namespace AutoDiff.Tests.Optim.TrustRegions;

public class GltrTests
{
    private const int N = 25;

    public static (double[,] A, double[] G) Problem(int n, double shift, ulong seed)
    {
        double[,] a = Operators.RandomSymmetric(n, seed);
        for (int i = 0; i < n; i++)
            a[i, i] += shift;
        RandomStream random = new(seed + 100);
        double[] g = new double[n];
        random.FillNormal(g);
        return (a, g);
    }

    private static Gltr Begin(double[] g, int basis)
    {
        Gltr gltr = new(g.Length, basis);
        gltr.Begin(new double[g.Length], g);
        return gltr;
    }

    [Theory]
    [InlineData(1, -2.0), InlineData(1, 3.0), InlineData(N, 0.0), InlineData(N, 15.0), InlineData(N, -15.0), InlineData(N, 8.0)]
    public void A_full_basis_finds_the_least_value_of_the_model(int n, double shift)
    {
        var (a, g) = Problem(n, shift, 3);
        double[] s = new double[n];
        StepBound[] bounds = [StepBound.Within(1e-3), StepBound.Within(0.5), StepBound.Within(20), StepBound.Within(1e4),
            StepBound.Cubic(1e-2), StepBound.Cubic(1), StepBound.Cubic(100)];
        foreach (StepBound bound in bounds)
        {
            CountingOperator h = new(a);
            Gltr gltr = Begin(g, n);
            gltr.Extend(h, n);
            ModelStep step = gltr.Solve(h, bound, 1e-14, s);
            double least = ModelOracle.Least(a, g, bound);
            step.Decrease.ShouldBe(-least, 1e-10 * Math.Abs(least), bound.ToString());
            ModelOracle.Value(a, g, s, bound).ShouldBe(least, 1e-10 * Math.Abs(least), bound.ToString());
            step.Length.ShouldBe(Vectors.Norm(s), 1e-11 * step.Length);
            step.Slope.ShouldBe(Vectors.Dot(g, s), 1e-9 * Math.Abs(step.Slope));
            step.Length.ShouldBeLessThanOrEqualTo(bound.Radius * (1 + 1e-11));
        }
    }

    [Fact]
    public void A_shorter_bound_is_solved_in_the_same_basis_without_a_product()
    {
        var (a, g) = Problem(N, 3, 9);
        CountingOperator h = new(a);
        double[] s = new double[N];
        Gltr gltr = Begin(g, N);
        gltr.Solve(h, StepBound.Within(10), 1e-8, s);
        int before = h.Products;
        before.ShouldBe(gltr.Count);
        foreach (double radius in (double[])[5, 1, 0.1, 1e-3])
        {
            ModelStep step = gltr.Solve(h, StepBound.Within(radius), 1e-8, s);
            Vectors.Norm(s).ShouldBe(radius, 1e-10 * radius);
            step.Decrease.ShouldBeGreaterThan(0.99 * -ModelOracle.Least(a, g, StepBound.Within(radius)));
        }
        h.Products.ShouldBe(before);
    }

    [Theory, InlineData(0.0), InlineData(12.0)]
    public void A_short_basis_still_gives_more_than_the_Cauchy_point(double shift)
    {
        var (a, g) = Problem(N, shift, 4);
        foreach (double radius in (double[])[0.01, 1, 100])
        {
            CountingOperator h = new(a);
            double[] s = new double[N];
            ModelStep step = Begin(g, 3).Solve(h, StepBound.Within(radius), 1e-12, s);
            h.Products.ShouldBeLessThanOrEqualTo(3);
            double norm = Vectors.Norm(g), curvature = Vectors.Dot(g, new CountingOperator(a).Array(g)) / norm / norm;
            double alpha = curvature > 0 ? Math.Min(radius, norm / curvature) : radius;
            step.Decrease.ShouldBeGreaterThanOrEqualTo((alpha * norm - 0.5 * alpha * alpha * curvature) * (1 - 1e-12));
            (-ModelOracle.Value(a, g, s, StepBound.Within(radius))).ShouldBe(step.Decrease, 1e-11 * step.Decrease);
        }
    }

    [Fact]
    public void The_residual_inside_is_as_small_as_was_asked_for()
    {
        var (a, g) = Problem(N, 20, 5);
        foreach (double tolerance in (double[])[0.1, 1e-3, 1e-9])
        {
            double[] s = new double[N];
            ModelStep step = Begin(g, N).Solve(new CountingOperator(a), StepBound.Within(1e6), tolerance, s);
            step.IsBound.ShouldBeFalse();
            double[] residual = new CountingOperator(a).Array(s);
            Vectors.AddScaled(1, g, residual);
            Vectors.Norm(residual).ShouldBeLessThanOrEqualTo(tolerance * Vectors.Norm(g) * (1 + 1e-6));
        }
    }

    [Fact]
    public void Without_a_gradient_there_is_no_step()
    {
        double[] s = [1, 2];
        CountingOperator h = new(new double[,] { { 1, 0 }, { 0, -1 } });
        ModelStep step = Begin([0, 0], 2).Solve(h, StepBound.Within(1), 0.1, s);
        (step.Length, step.Decrease, h.Products).ShouldBe((0, 0, 0));
        s.ShouldBe([0.0, 0.0]);
    }

    [Fact]
    public void The_direction_of_least_curvature_is_the_lowest_eigenvector_once_the_basis_is_full()
    {
        double[] d = [.. Enumerable.Range(0, 12).Select(i => i - 3.5)];
        ILinearOperator h = Operators.Rotated(d);
        double[] g = new double[12], v = new double[12];
        RandomStream random = new(8);
        random.FillNormal(g);
        Gltr gltr = Begin(g, 12);
        gltr.TryLowCurvature(v).ShouldBeFalse();
        gltr.Solve(h, StepBound.Within(1), 1e-14, new double[12]);
        gltr.Extend(h, 12);
        gltr.TryLowCurvature(v).ShouldBeTrue();
        Vectors.Norm(v).ShouldBe(1, 1e-12);
        Operators.Residual(h, -3.5, v).ShouldBeLessThan(1e-7);
    }
}
