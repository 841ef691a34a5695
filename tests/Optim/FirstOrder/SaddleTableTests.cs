using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.FirstOrder;

/// <summary>f = x² − y² from (0.1, 0.1), η = 0.1, β = 0.9: iterates computed by hand and independently of this code.</summary>
public class SaddleTableTests
{
    private static Var Saddle(VarVector x) => x[0] * x[0] - x[1] * x[1];

    private static FirstOrderMinimizer Method(string name) => name switch
    {
        "GD" => new GradientDescent { LearningRate = 0.1 },
        "EMA" => new Momentum { LearningRate = 0.1 },
        "heavy ball" => new HeavyBall { LearningRate = 0.1 },
        "Nesterov" => new Nesterov { LearningRate = 0.1 },
        _ => new Adam { LearningRate = 0.1 },
    };

    [Theory]
    [InlineData("GD", 0.08, 0.12, 0.064, 0.144, 0.0512, 0.1728, 1e-15)]
    [InlineData("EMA", 0.098, 0.102, 0.09424, 0.10584, 0.0889712, 0.1114128, 1e-15)]
    [InlineData("heavy ball", 0.08, 0.12, 0.046, 0.162, 0.0062, 0.2322, 1e-15)]
    [InlineData("Nesterov", 0.062, 0.138, 0.02224, 0.20664, -0.0108352, 0.3220992, 1e-15)]
    [InlineData("Adam", 5e-9, 0.2, -0.067006, 0.296518, -0.074438, 0.392438, 5.1e-7)]
    public void The_first_iterates_are_those_of_the_table(
        string name, double x1, double y1, double x2, double y2, double x3, double y3, double printed)
    {
        List<double[]> iterates = Watched.Iterates(Method(name), Saddle, [0.1, 0.1], 3);
        double[][] expected = [[0.1, 0.1], [x1, y1], [x2, y2], [x3, y3]];
        for (int k = 0; k <= 3; k++)
        {
            iterates[k][0].ShouldBe(expected[k][0], printed);
            iterates[k][1].ShouldBe(expected[k][1], printed);
        }
    }

    [Fact]
    public void Adam_s_first_step_falls_short_of_zero_by_epsilon_over_the_gradient() =>
        Watched.Iterates(Method("Adam"), Saddle, [0.1, 0.1], 1)[1][0].ShouldBe(5e-9, 1e-15);

    [Theory]
    [InlineData("GD", 13), InlineData("EMA", 27), InlineData("heavy ball", 7), InlineData("Nesterov", 6), InlineData("Adam", 10)]
    public void F_falls_below_minus_one_at_the_iteration_of_the_table(string name, int first)
    {
        List<double[]> iterates = Watched.Iterates(Method(name), Saddle, [0.1, 0.1], 40);
        iterates.FindIndex(p => p[0] * p[0] - p[1] * p[1] < -1).ShouldBe(first);
    }

    [Theory]
    [InlineData("EMA", 1.107), InlineData("GD", 1.2), InlineData("heavy ball", 1.5)]
    public void The_unstable_coordinate_grows_at_the_rate_of_theory(string name, double growth)
    {
        List<double[]> iterates = Watched.Iterates(Method(name), Saddle, [0.1, 0.1], 50);
        (iterates[50][1] / iterates[49][1]).ShouldBe(growth, 5e-4 * growth);
    }

    [Theory]
    [InlineData("GD"), InlineData("EMA"), InlineData("heavy ball"), InlineData("Nesterov")]
    public void A_function_without_lower_bound_is_called_so(string name) =>
        Method(name).Minimize(Objective.Of(Saddle), [0.1, 0.1]).Status.ShouldBe(OptimizationStatus.Unbounded);

    public static TheoryData<FirstOrderMinimizer> All() =>
    [
        new GradientDescent { LearningRate = 0.1 }, new Momentum { LearningRate = 0.1 }, new HeavyBall { LearningRate = 0.1 },
            new Nesterov { LearningRate = 0.1 },
        new RmsProp { LearningRate = 0.1 }, new Adam { LearningRate = 0.1 }, new AdamW { LearningRate = 0.1, WeightDecay = 0 },
    ];

    [Theory, MemberData(nameof(All))]
    public void From_the_axis_exactly_no_method_without_noise_ever_leaves_it(FirstOrderMinimizer method)
    {
        List<double[]> iterates = Watched.Iterates(method with { EscapeSaddles = false }, Saddle, [0.1, 0], 500);
        iterates.ShouldAllBe(p => p[1] == 0);
        Math.Abs(iterates[^1][0]).ShouldBeLessThan(0.1);
    }

    [Theory, MemberData(nameof(All))]
    public void With_a_fourth_power_every_method_reaches_the_minimum(FirstOrderMinimizer method)
    {
        // Steps of constant length never settle, so the rate has to fall for the last three.
        OptimizationResult result = (method with { Schedule = new ExponentialDecay(0.995), MaxIterations = 5000, Certify = false })
            .Minimize(Objective.Of(x => Saddle(x) + Math.Pow(x[1], 4) / 4), [0.1, 0.1]);
        result.X[0].ShouldBe(0, 1e-6);
        Math.Abs(result.X[1]).ShouldBe(Math.Sqrt(2), 1e-6);
        result.Value.ShouldBe(-1, 1e-12);
    }
}
