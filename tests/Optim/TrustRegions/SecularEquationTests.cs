using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.TrustRegions;

namespace AutoDiff.Tests.Optim.TrustRegions;

public class SecularEquationTests
{
    public static TheoryData<int, double, double> Cases()
    {
        TheoryData<int, double, double> cases = [];
        foreach (int k in (int[])[1, 2, 3, 8, 40])
        {
            foreach (double shift in (double[])[-4, -1, 0, 1, 5])
            {
                foreach (double size in (double[])[1e-6, 0.1, 1, 30, 1e6])
                    cases.Add(k, shift, size);
            }
        }
        return cases;
    }

    private static (double[] D, double[] E) Random(int k, double shift, ulong seed)
    {
        RandomStream random = new(seed);
        double[] d = new double[k], e = new double[k - 1];
        random.FillNormal(d);
        random.FillNormal(e);
        return ([.. d.Select(x => x + shift)], [.. e.Select(Math.Abs)]);
    }

    private static double[] Solve(double[] d, double[] e, double gamma, StepBound bound, out SecularEquation equation)
    {
        double[] h = new double[d.Length];
        equation = new SecularEquation(d.Length);
        equation.Solve(d, e, gamma, bound, h);
        return h;
    }

    private static void ShouldBeTheMinimizer(double[] d, double[] e, double gamma, StepBound bound)
    {
        double[] h = Solve(d, e, gamma, bound, out SecularEquation equation);
        double[,] t = ModelOracle.Tridiagonal(d, e);
        double[] g = new double[d.Length];
        g[0] = gamma;
        double least = ModelOracle.Least(t, g, bound), here = ModelOracle.Value(t, g, h, bound);
        equation.Length.ShouldBe(Vectors.Norm(h), 1e-12 * equation.Length);
        Vectors.Norm(h).ShouldBeLessThanOrEqualTo(bound.Radius * (1 + 1e-12));
        double scale = Math.Abs(least) + 1e-13 * gamma * equation.Length;
        here.ShouldBe(least, 1e-10 * scale);
        (-equation.Decrease).ShouldBe(here, 1e-10 * scale);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Within_a_radius_no_other_step_is_better(int k, double shift, double radius)
    {
        var (d, e) = Random(k, shift, 17);
        ShouldBeTheMinimizer(d, e, 2.5, StepBound.Within(radius));
    }

    [Theory, MemberData(nameof(Cases))]
    public void With_the_cubic_term_no_other_step_is_better(int k, double shift, double sigma)
    {
        var (d, e) = Random(k, shift, 18);
        ShouldBeTheMinimizer(d, e, 2.5, StepBound.Cubic(sigma));
    }

    [Theory]
    [InlineData(0.0), InlineData(1e-20), InlineData(1e-17), InlineData(1e-16), InlineData(1e-15), InlineData(1e-12), InlineData(1e-8)]
    public void In_and_beside_the_hard_case_the_eigenvector_makes_up_the_length(double coupling)
    {
        double[] d = [3, 1, 2, -5, 4], e = [0.5, 0.25, coupling, coupling];
        ShouldBeTheMinimizer(d, e, 1, StepBound.Within(10));
        ShouldBeTheMinimizer(d, e, 1, StepBound.Cubic(0.01));
        Solve(d, e, 1, StepBound.Within(10), out SecularEquation equation);
        equation.IsBound.ShouldBeTrue();
        equation.Length.ShouldBe(10, 1e-9);
        equation.Multiplier.ShouldBe(5, 1e-6);
    }

    [Fact]
    public void Inside_the_region_the_step_is_Newtons()
    {
        double[] h = Solve([2, 2], [1], 3, StepBound.Within(100), out SecularEquation equation);
        h[0].ShouldBe(-2, 1e-14);
        h[1].ShouldBe(1, 1e-14);
        equation.IsBound.ShouldBeFalse();
        equation.Multiplier.ShouldBe(0);
        equation.Decrease.ShouldBe(3, 1e-14);
    }

    [Theory]
    [InlineData(0.0, 2.0), InlineData(-3.0, 2.0), InlineData(1e-300, 2.0), InlineData(-1e300, 2.0), InlineData(1e300, 1e-300)]
    public void One_variable_alone_goes_as_far_as_it_may(double curvature, double radius)
    {
        double[] h = Solve([curvature], [], 7, StepBound.Within(radius), out SecularEquation equation);
        h[0].ShouldBe(-Math.Min(radius, curvature > 0 ? 7 / curvature : radius), 1e-11 * radius);
        equation.Decrease.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Without_curvature_the_step_is_as_long_as_may_be()
    {
        foreach (double size in (double[])[1e-12, 1, 1e12])
        {
            Solve([0, 0], [0], 7, StepBound.Within(size), out SecularEquation radius)[0].ShouldBe(-size, 1e-11 * size);
            radius.Decrease.ShouldBe(7 * size, 1e-10 * size);
            double length = Math.Sqrt(7 / size);
            Solve([0, 0], [0], 7, StepBound.Cubic(size), out SecularEquation cubic)[0].ShouldBe(-length, 1e-11 * length);
            cubic.Decrease.ShouldBe(7 * length * 2 / 3, 1e-10 * length);
        }
    }

    [Theory, InlineData(40), InlineData(-40)]
    public void A_model_scaled_by_a_power_of_two_has_the_same_minimizer_bit_by_bit(int power)
    {
        foreach (double shift in (double[])[-2, 0, 3])
        {
            var (d, e) = Random(20, shift, 5);
            double factor = Math.ScaleB(1, power);
            double[] scaledD = [.. d.Select(x => x * factor)], scaledE = [.. e.Select(x => x * factor)];
            Solve(scaledD, scaledE, 1.5 * factor, StepBound.Within(0.7), out _).ShouldBe(Solve(d, e, 1.5, StepBound.Within(0.7), out _));
            Solve(scaledD, scaledE, 1.5 * factor, StepBound.Cubic(2 * factor), out _).ShouldBe(Solve(d, e, 1.5, StepBound.Cubic(2), out _));
        }
    }
}
