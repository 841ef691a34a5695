using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.TrustRegions;
using AutoDiff.Tests.Optim.Krylov;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.TrustRegions;

public class SteihaugTointTests
{
    private const int N = 20;

    private static SteihaugToint Begin(double[] g, int basis, ILinearOperator? inverse = null)
    {
        SteihaugToint solver = new(g.Length, basis, inverse is null ? null : _ => inverse);
        solver.Begin(new double[g.Length], g);
        return solver;
    }

    private static double[,] Inverse(double[,] a) => Matrix<double>.Build.DenseOfArray(a).Inverse().ToArray();

    [Theory, InlineData(0.0), InlineData(14.0), InlineData(-14.0)]
    public void The_decrease_is_the_models_and_the_step_stays_within_the_radius(double shift)
    {
        var (a, g) = GltrTests.Problem(N, shift, 3);
        foreach (double radius in (double[])[1e-3, 0.5, 20, 1e4])
        {
            double[] s = new double[N];
            ModelStep step = Begin(g, 200).Solve(new CountingOperator(a), StepBound.Within(radius), 1e-10, s);
            ModelOracle.Value(a, g, s, StepBound.Within(radius)).ShouldBe(-step.Decrease, 1e-9 * step.Decrease);
            Vectors.Norm(s).ShouldBe(step.Length, 1e-9 * step.Length);
            step.Length.ShouldBeLessThanOrEqualTo(radius * (1 + 1e-12));
            step.Slope.ShouldBe(Vectors.Dot(g, s), 1e-8 * Math.Abs(step.Slope));
            if (shift < 14)
                step.Length.ShouldBe(radius, 1e-9 * radius);
        }
    }

    [Fact]
    public void On_a_convex_model_at_least_half_of_the_best_decrease_is_had()
    {
        // Y. Yuan, On the truncated conjugate gradient method, 2000.
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var (a, g) = GltrTests.Problem(N, 11, seed);
            if (Matrix<double>.Build.DenseOfArray(a).Evd(Symmetricity.Symmetric).EigenValues.Min(z => z.Real) <= 0)
                continue;
            foreach (double radius in (double[])[0.01, 0.3, 1, 3])
            {
                ModelStep step = Begin(g, 200).Solve(new CountingOperator(a), StepBound.Within(radius), 1e-12, new double[N]);
                step.Decrease.ShouldBeGreaterThanOrEqualTo(-0.5 * ModelOracle.Least(a, g, StepBound.Within(radius)) * (1 - 1e-12));
            }
        }
    }

    [Fact]
    public void Inside_the_region_the_step_is_Newtons()
    {
        var (a, g) = GltrTests.Problem(N, 20, 6);
        double[] s = new double[N];
        ModelStep step = Begin(g, 200).Solve(new CountingOperator(a), StepBound.Within(1e3), 1e-13, s);
        step.IsBound.ShouldBeFalse();
        double[] newton = (-Matrix<double>.Build.DenseOfArray(a).Solve(Vector<double>.Build.DenseOfArray(g))).ToArray();
        Vectors.Distance(s, newton).ShouldBeLessThan(1e-10 * Vectors.Norm(newton));
    }

    [Fact]
    public void A_smaller_region_is_left_along_the_same_path_without_a_product()
    {
        var (a, g) = GltrTests.Problem(N, 20, 7);
        CountingOperator h = new(a);
        SteihaugToint solver = Begin(g, 200);
        solver.Solve(h, StepBound.Within(1e3), 1e-10, new double[N]);
        int before = h.Products;
        foreach (double radius in (double[])[1, 0.2, 1e-2])
        {
            double[] s = new double[N], fresh = new double[N];
            solver.Solve(h, StepBound.Within(radius), 1e-10, s);
            Begin(g, 200).Solve(new CountingOperator(a), StepBound.Within(radius), 1e-10, fresh);
            s.ShouldBe(fresh);
        }
        h.Products.ShouldBe(before);
    }

    [Fact]
    public void The_inverse_as_preconditioner_takes_one_product()
    {
        var (a, g) = GltrTests.Problem(N, 20, 8);
        CountingOperator h = new(a);
        double[] s = new double[N];
        ModelStep step = Begin(g, 200, new CountingOperator(Inverse(a))).Solve(h, StepBound.Within(1e6), 1e-10, s);
        h.Products.ShouldBe(1);
        double[] residual = new CountingOperator(a).Array(s);
        Vectors.AddScaled(1, g, residual);
        Vectors.Norm(residual).ShouldBeLessThan(1e-11 * Vectors.Norm(g));
        step.Length.ShouldBe(Math.Sqrt(Vectors.Dot(s, new CountingOperator(a).Array(s))), 1e-10 * step.Length);
    }

    [Fact]
    public void With_a_preconditioner_the_region_is_measured_in_its_norm()
    {
        var (a, g) = GltrTests.Problem(N, 2, 9);
        double[,] m = new double[N, N], inverse = new double[N, N];
        for (int i = 0; i < N; i++)
            (m[i, i], inverse[i, i]) = (1 + i, 1.0 / (1 + i));
        foreach (double radius in (double[])[0.1, 3, 50])
        {
            double[] s = new double[N];
            ModelStep step = Begin(g, 200, new CountingOperator(inverse)).Solve(
                new CountingOperator(a), StepBound.Within(radius), 1e-10, s);
            step.IsBound.ShouldBeTrue();
            Math.Sqrt(Vectors.Dot(s, new CountingOperator(m).Array(s))).ShouldBe(radius, 1e-9 * radius);
            ModelOracle.Value(a, g, s, StepBound.Within(radius)).ShouldBe(-step.Decrease, 1e-9 * step.Decrease);
        }
    }

    [Fact]
    public void A_preconditioner_that_does_not_fit_is_refused()
    {
        Should.Throw<ShapeMismatchException>(() => Begin([1, 2], 5, new CountingOperator(new double[3, 3])));
        Should.Throw<InvalidOperationException>(() => Begin([1, 2], 5, new CountingOperator(new double[,] { { -1, 0 }, { 0, -1 } })));
    }

    [Fact]
    public void Negative_curvature_is_followed_to_the_boundary_and_remembered()
    {
        double[,] a = { { 1, 0 }, { 0, -2 } };
        double[] g = [1, 1e-3], s = new double[2], v = new double[2];
        SteihaugToint solver = Begin(g, 200);
        solver.TryLowCurvature(v).ShouldBeFalse();
        ModelStep step = solver.Solve(new CountingOperator(a), StepBound.Within(5), 1e-8, s);
        step.IsBound.ShouldBeTrue();
        Vectors.Norm(s).ShouldBe(5, 1e-12);
        solver.TryLowCurvature(v).ShouldBeTrue();
        Vectors.Dot(v, new CountingOperator(a).Array(v)).ShouldBeLessThan(0);
    }

    [Fact]
    public void Without_a_gradient_there_is_no_step()
    {
        double[] s = [3, 3];
        Begin([0, 0], 2).Solve(new CountingOperator(new double[2, 2]), StepBound.Within(1), 0.1, s).ShouldBe(default);
        s.ShouldBe([0.0, 0.0]);
    }
}
