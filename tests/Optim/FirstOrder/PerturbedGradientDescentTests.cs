using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.FirstOrder;

public class PerturbedGradientDescentTests
{
    private static readonly PerturbedGradientDescent s_method = new() { LearningRate = 0.1, Certify = false };

    private static readonly Objective s_quartic = Objective.Of(x => x[0] * x[0] - x[1] * x[1] + Math.Pow(x[1], 4) / 4);

    [Theory, InlineData(1ul), InlineData(2ul), InlineData(3ul), InlineData(4ul), InlineData(5ul)]
    public void It_leaves_a_strict_saddle_from_exactly_the_saddle(ulong seed)
    {
        OptimizationResult result = (s_method with { Seed = seed }).Minimize(s_quartic, [0, 0]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        Math.Abs(result.X[1]).ShouldBe(Math.Sqrt(2), 1e-7);
        result.GradientNorm.ShouldBeLessThan(1e-8);
    }

    [Fact]
    public void It_leaves_a_saddle_of_a_thousand_variables()
    {
        const int n = 1000;
        double[] curvatures = new double[n];
        for (int i = 0; i < n; i++)
            curvatures[i] = i == 500 ? -1 : 1;
        // In the direction of the one negative curvature the noise has a length of about r/√n.
        OptimizationResult result =
            (s_method with { WaitingSteps = 200 }).Minimize(
            Objective.Of(x => 0.5 * x.Dot(x * (VarVector)curvatures) + Math.Pow(x[500], 4) / 4), new double[n]);
        result.IsConverged.ShouldBeTrue();
        Math.Abs(result.X[500]).ShouldBe(1, 1e-7);
    }

    [Fact]
    public void Plain_gradient_descent_stays_there() =>
        new GradientDescent { LearningRate = 0.1, Certify = false }.Minimize(s_quartic, [0, 0]).X.ShouldBe([0.0, 0.0]);

    [Fact]
    public void Where_noise_does_not_help_the_point_before_it_is_returned()
    {
        // Counted from the first small gradient: t_thr steps with one gradient each and one for the noise, then no more.
        List<double[]> points = [];
        Objective f = Objective.Of(x =>
        {
            points.Add([x[0].Value, x[1].Value]);
            return x[0] * x[0] + 2 * x[1] * x[1];
        });
        PerturbedGradientDescent method = s_method with { WaitingSteps = 30, GradientThreshold = 1e-3, GradientTolerance = 1e-3 };
        OptimizationResult result = method.Minimize(f, [1, 1]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.GradientNorm.ShouldBeLessThanOrEqualTo(1e-3);
        int before = points.FindIndex(p => Math.Sqrt(4 * p[0] * p[0] + 16 * p[1] * p[1]) <= 1e-3);
        result.X.ShouldBe(points[before]);
        points.Count.ShouldBe(before + 1 + 1 + 30);
        double[] noise = [points[before + 1][0] - points[before][0], points[before + 1][1] - points[before][1]];
        Math.Sqrt(noise[0] * noise[0] + noise[1] * noise[1]).ShouldBeInRange(1e-6, 1e-2);
    }

    [Fact]
    public void The_noise_is_uniform_in_its_ball()
    {
        // In n dimensions (‖ξ‖/r)ⁿ is uniform on [0, 1]: mean ½, standard error 1/√(12·400).
        List<double> fractions = [];
        for (ulong seed = 1; seed <= 400; seed++)
        {
            List<double[]> points = [];
            Objective f = Objective.Of(x =>
            {
                points.Add([x[0].Value, x[1].Value, x[2].Value]);
                return x.SquaredNorm();
            });
            (s_method with { Seed = seed, MaxIterations = 1 }).Minimize(f, [0, 0, 0]);
            fractions.Add(Math.Pow(Math.Sqrt(points[1].Sum(p => p * p)) / 1e-2, 3));
        }
        fractions.Average().ShouldBe(0.5, 4 / Math.Sqrt(12 * 400));
        fractions.Max().ShouldBeLessThanOrEqualTo(1 + 1e-12);
        fractions.Count(fraction => fraction < 0.25).ShouldBeInRange(65, 135);
    }

    [Fact]
    public void It_converges_to_the_tolerance_after_the_noise_and_takes_the_gradient_test_then_only()
    {
        OptimizationResult result =
            (s_method with { KeepTrace = true, GradientTolerance = 1e-8 }).Minimize(
            Objective.Of(x => x[0] * x[0] + 2 * x[1] * x[1]), [1, 1]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.GradientNorm.ShouldBeLessThanOrEqualTo(1e-8);
        result.Iterations.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_function_without_lower_bound_is_called_so() =>
        s_method.Minimize(Objective.Of(x => x[0] * x[0] - x[1] * x[1]), [0, 0]).Status.ShouldBe(OptimizationStatus.Unbounded);
}
