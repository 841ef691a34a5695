using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.FirstOrder;

public class FirstOrderTests
{
    private const double L = 100, Mu = 1;

    private static readonly Objective s_quadratic =
        Objective.Of(x => 0.5 * (Mu * x[0] * x[0] + 7 * x[1] * x[1] + 40 * x[2] * x[2] + L * x[3] * x[3]));

    [Fact]
    public void Heavy_ball_s_best_parameters_converge_at_the_rate_of_theory()
    {
        HeavyBall best = HeavyBall.Optimal(L, Mu);
        best.LearningRate.ShouldBe(4.0 / 121, 1e-16);
        best.Beta.ShouldBe(81.0 / 121, 1e-15);
        // ‖g‖ behaves as k·√βᵏ, so the slope between 40 and 120 misses log √β by (ln 3)/80 at most, and stays above it.
        double[] norms = Norms(best, 120);
        double slope = Math.Log(norms[119] / norms[39]) / 80;
        slope.ShouldBeInRange(Math.Log(9.0 / 11) - 0.02, Math.Log(9.0 / 11) + Math.Log(3) / 80 + 0.005);
    }

    [Fact]
    public void Gradient_descent_s_best_rate_is_the_one_of_theory()
    {
        double[] norms = Norms(new GradientDescent { LearningRate = 2 / (L + Mu) }, 200);
        for (int k = 100; k < 200; k++)
            (norms[k] / norms[k - 1]).ShouldBe((L - Mu) / (L + Mu), 1e-6);
    }

    [Theory]
    [InlineData("GD", 1.0), InlineData("EMA", 19.0), InlineData("heavy ball", 1.9), InlineData("Nesterov", 1.9 / 2.8)]
    public void On_a_quadratic_the_documented_limit_divides_stable_from_unstable(string name, double limit)
    {
        foreach ((double part, bool isStable) in new[] { (0.99, true), (1.01, false) })
        {
            double eta = part * limit * 2 / L;
            FirstOrderMinimizer method = name switch
            {
                "GD" => new GradientDescent { LearningRate = eta },
                "EMA" => new Momentum { LearningRate = eta },
                "heavy ball" => new HeavyBall { LearningRate = eta },
                _ => new Nesterov { LearningRate = eta },
            };
            double[] norms = Norms(method, 3000);
            (norms[^1] < norms[0]).ShouldBe(isStable, $"{method} at {part}");
        }
    }

    [Fact]
    public void A_run_that_diverges_returns_the_best_point()
    {
        OptimizationResult result =
            new GradientDescent { LearningRate = 1, KeepTrace = true }.Minimize(Objective.Of(x => Math.Pow(x[0], 4) + x[1] * x[1]), [3, 1]);
        result.Status.ShouldBe(OptimizationStatus.NonFiniteObjective);
        result.X.ShouldBe([3.0, 1.0]);
        result.Value.ShouldBe(82);
        result.Verdict.Kind.ShouldBe(CriticalPointKind.NotCritical);
    }

    [Fact]
    public void Steps_too_small_for_the_iterate_end_the_run_as_stalled()
    {
        OptimizationResult result =
            new GradientDescent { LearningRate = 1e-20, Certify = false }.Minimize(Objective.Of(x => (x[0] - 1) * (x[0] - 1)), [3]);
        result.Status.ShouldBe(OptimizationStatus.Stalled);
        result.Iterations.ShouldBe(10);
        // Nothing new is evaluated where nothing moved.
        result.Counts.ShouldBe(new Counts(1, 1));
    }

    [Fact]
    public void A_gradient_down_to_the_rounding_of_x_is_convergence()
    {
        // At x ≈ 1e8 the spacing of numbers leaves a gradient of 1e-8.
        OptimizationResult result =
            new GradientDescent { LearningRate = 0.25, GradientTolerance = 1e-12 }.Minimize(
            Objective.Of(x => (x[0] - 1e8 - 0.3) * (x[0] - 1e8 - 0.3) + (x[1] - 1e8 / 3) * (x[1] - 1e8 / 3)), [1.2e8, 1]);
        result.Status.IsConverged.ShouldBeTrue(result.ToString());
    }

    [Fact]
    public void Decay_steers_the_path_and_leaves_value_and_gradient_those_of_f()
    {
        // The fixed point of (x − 1)²/2 with λ = 0.25 is 0.8.
        Objective f = Objective.Of(x => 0.5 * (x[0] - 1) * (x[0] - 1));
        List<double[]> iterates =
            Watched.Iterates(new GradientDescent { LearningRate = 0.5, WeightDecay = 0.25 }, x => 0.5 * (x[0] - 1) * (x[0] - 1), [0], 100);
        iterates[^1][0].ShouldBe(0.8, 1e-14);
        OptimizationResult result = new GradientDescent { LearningRate = 0.5, WeightDecay = 0.25, MaxIterations = 100 }.Minimize(f, [0]);
        result.Value.ShouldBe(f.Value(result.X));
        result.Gradient.ShouldBe(f.Gradient(result.X));
    }

    [Fact]
    public void Decoupled_decay_is_not_coupled_decay()
    {
        double coupled = Watched.Iterates(new Adam { WeightDecay = 0.1, LearningRate = 0.1 }, x => 0.5 * x[0] * x[0], [1], 5)[^1][0];
        double decoupled = Watched.Iterates(new AdamW { WeightDecay = 0.1, LearningRate = 0.1 }, x => 0.5 * x[0] * x[0], [1], 5)[^1][0];
        Math.Abs(coupled - decoupled).ShouldBeGreaterThan(1e-3);
    }

    [Fact]
    public void Clipping_shortens_the_gradient_and_keeps_its_direction()
    {
        List<double[]> iterates =
            Watched.Iterates(new GradientDescent { LearningRate = 1, MaxGradientNorm = 0.5 }, x => 3 * x[0] + 4 * x[1], [0, 0], 2);
        iterates[1].ShouldBe([-0.3, -0.4], 1e-15);
        iterates[2].ShouldBe([-0.6, -0.8], 1e-15);
    }

    [Fact]
    public void Without_epsilon_a_variable_that_f_ignores_stays()
    {
        foreach (FirstOrderMinimizer method in (FirstOrderMinimizer[])[new Adam { Epsilon = 0 }, new RmsProp { Epsilon = 0 }])
            Watched.Iterates(method, x => x[0] * x[0], [1, 2], 10)[^1][1].ShouldBe(2);
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_their_value()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new GradientDescent { LearningRate = 0 }).Message.ShouldContain(
            "LearningRate is 0");
        Should.Throw<ArgumentOutOfRangeException>(() => new Momentum { Beta = 1 }).Message.ShouldContain("Beta is 1");
        Should.Throw<ArgumentOutOfRangeException>(() => new Adam { Beta2 = double.NaN });
        Should.Throw<ArgumentOutOfRangeException>(() => new HeavyBall { WeightDecay = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new HeavyBall { MaxGradientNorm = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => HeavyBall.Optimal(1, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => new StepDecay(0));
        Should.Throw<ArgumentOutOfRangeException>(() => new ExponentialDecay(1.5));
    }

    private static double[] Norms(FirstOrderMinimizer method, int steps) =>
        [.. (method with { MaxIterations = steps, KeepTrace = true, Certify = false, GradientTolerance = 0 }).Minimize(
            s_quadratic, [1, 1, 1, 1]).Trace.Select(p => p.GradientNorm)];
}
