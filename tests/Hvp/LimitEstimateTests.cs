using AutoDiff.Hvp;

namespace AutoDiff.Tests.Hvp;

/// <summary>The limit of central differences in one component, on functions whose noise and truncation are known.</summary>
public class LimitEstimateTests
{
    private static readonly double[] s_steps =
        [.. Enumerable.Range(-46, 51).Select(e => Math.ScaleB(1 + 0.25 * (e * 0.618 - Math.Floor(e * 0.618)), e))];

    private static LimitEstimate Of(Func<double, double> function, double noise = 0, double level = 0)
    {
        var random = new Random(3);
        double[] quotients = [.. s_steps.Select(h => (function(h) - function(-h) + noise * (2 * random.NextDouble() - 1)) / (2 * h))];
        return LimitEstimate.Of(s_steps, quotients, new double[s_steps.Length], level);
    }

    [Theory]
    [InlineData(1e-15)]
    [InlineData(1e-12)]
    [InlineData(1e-8)]
    public void The_uncertainty_covers_the_error_and_not_much_more(double noise)
    {
        foreach ((Func<double, double> function, double slope) in ((Func<double, double>, double)[])
        [
            (t => Math.Sin(t + 0.3), Math.Cos(0.3)),
            (t => Math.Exp(3 * t), 3),
            (t => 1 / (2 + t), -0.25),
            (t => t * t * t + 2 * t, 2),
            (t => 0.001 * Math.Sin(1e4 * t + 0.3), 10 * Math.Cos(0.3)),
        ])
        {
            LimitEstimate limit = Of(function, noise, level: 1);
            Math.Abs(limit.Value - slope).ShouldBeLessThan(limit.Uncertainty);
            limit.Uncertainty.ShouldBeLessThan(1e6 * noise * Math.Abs(slope));
        }
    }

    [Fact]
    public void A_second_plateau_at_large_steps_does_not_win()
    {
        LimitEstimate limit = Of(t => Math.Sin(1e5 * t) / 1e5 + 5 * t, 1e-14, level: 1);
        limit.Value.ShouldBe(6, 1e-5);
        limit.Step.ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void Zeros_below_the_resolution_tell_nothing()
    {
        LimitEstimate limit = Of(t => Math.Round(1e9 * (2 * t + t * t * t)) / 1e9);
        limit.Value.ShouldBe(2, limit.Uncertainty);
        limit.Uncertainty.ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void Nothing_but_zeros_is_zero_to_the_level_of_the_function()
    {
        LimitEstimate limit = Of(_ => 7, level: 7);
        limit.Value.ShouldBe(0);
        limit.Uncertainty.ShouldBeInRange(1e-17, 1e-15);
    }

    [Fact]
    public void Too_few_steps_give_no_limit()
    {
        LimitEstimate limit = LimitEstimate.Of([1, 2, 4], [1, 1, 1], new double[3], 0);
        limit.Uncertainty.ShouldBe(double.PositiveInfinity);
        limit.Value.ShouldBe(double.NaN);
    }
}
