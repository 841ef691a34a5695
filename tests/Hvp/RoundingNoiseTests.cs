using AutoDiff.Hvp;

namespace AutoDiff.Tests.Hvp;

/// <summary>Rounding as it is measured in random rounding, against what is known of it, and jumps found by bisection.</summary>
public class RoundingNoiseTests
{
    [Fact]
    public void What_is_exact_has_no_noise()
    {
        RoundingNoise noise = RoundingNoise.OfProduct(
            Objective.Of(x => 3 * x[0] * x[0] * x[1] - 4 * x[1] + x[0] / 2), [5.0, -7.0], [1.0, 2.0])!;
        noise.Value.ShouldBe(0);
        noise.Gradient.ShouldBe([0.0, 0.0]);
        noise.Product.ShouldBe([0.0, 0.0]);
    }

    [Theory]
    [InlineData(1e8), InlineData(1e12), InlineData(1e15)]
    public void A_lost_sum_scatters_by_the_spacing_of_the_large_number(double large)
    {
        RoundingNoise noise = RoundingNoise.OfGradient(Objective.Of(x => 0.5 * Math.Square((x[0] + large) - large)), [0.7])!;
        double spacing = Math.BitIncrement(large) - large;
        noise.Gradient[0].ShouldBe(spacing, 0.1 * spacing);
    }

    [Theory]
    [InlineData(1e-2), InlineData(1e-3), InlineData(1e-4)]
    public void One_minus_cosine_over_x_squared_scatters_by_a_unit_in_the_last_place_of_the_cosine(double x)
    {
        // f, f′ and f″ are off by ε/x², 2ε/x³ and 6ε/x⁴, ε up to 2⁻⁵³ either way.
        RoundingNoise noise = RoundingNoise.OfProduct(Objective.Of(v => (1 - Math.Cos(v[0])) / (v[0] * v[0])), [x], [1.0])!;
        double unit = 1.0 / (1L << 53);
        noise.Value.ShouldBeInRange(unit / (x * x), 4 * unit / (x * x));
        noise.Gradient[0].ShouldBeInRange(2 * unit / (x * x * x), 8 * unit / (x * x * x));
        noise.Product[0].ShouldBeInRange(6 * unit / (x * x * x * x), 24 * unit / (x * x * x * x));
    }

    [Fact]
    public void The_actual_errors_lie_within_the_noise_measured()
    {
        // The same sums in decimal arithmetic, 28 digits.
        var random = new Random(7);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] a = [.. Enumerable.Range(0, 20).Select(_ => Math.Round(1e6 * (2 * random.NextDouble() - 1), 3))];
            double x = Math.Round(random.NextDouble(), 6);
            Objective f = Objective.Of(v =>
            {
                Var sum = 0;
                foreach (double c in a)
                    sum += c * v[0];
                return sum * sum;
            });
            RoundingNoise noise = RoundingNoise.OfGradient(f, [x])!;
            decimal total = 0;
            foreach (double c in a)
                total += new decimal(c);
            double error = Math.Abs((double)(2 * total * total * new decimal(x)) - f.Gradient([x])[0]);
            error.ShouldBeLessThan(4 * noise.Gradient[0]);
        }
    }

    [Fact]
    public void Noise_repeats_bit_for_bit()
    {
        Objective f = Objective.Of(x => Math.Exp(x[0]) * Math.Sin(x[1]));
        RoundingNoise one = RoundingNoise.OfGradient(f, [0.3, 0.7])!, two = RoundingNoise.OfGradient(f, [0.3, 0.7])!;
        two.Gradient.ShouldBe(one.Gradient);
        two.Value.ShouldBe(one.Value);
    }

    [Theory]
    [InlineData(1e-3), InlineData(1e-6), InlineData(1e-9)]
    public void Stairs_jump_and_what_is_smooth_does_not(double stair)
    {
        Jump.Largest(t => [t + stair * Math.Floor((t + 0.3 * stair) / stair)], stair, double.PositiveInfinity, [1], 1e-16)
            .ShouldBe(stair, 0.01 * stair);
        foreach (Func<double, double> smooth in (Func<double, double>[])[Math.Exp, t => Math.Sin(50 * t), t => t * t * t, t => 1 / (2 + t)])
        {
            double slope = (smooth(1e-6) - smooth(-1e-6)) / 2e-6;
            Jump.Largest(t => [smooth(t)], 1e-2, double.PositiveInfinity, [slope], 1e-16).ShouldBeLessThan(1e-14);
        }
    }

    [Fact]
    public void A_pole_or_a_step_on_one_side_is_not_taken_for_rounding()
    {
        Jump.Largest(t => [1 / (t + 0.1)], 0.05, double.PositiveInfinity, [-100], 1e-16).ShouldBeLessThan(1e-12);
        Jump.Largest(t => [t > 0.01 ? 1 : 0], 0.05, double.PositiveInfinity, [0], 1e-16).ShouldBe(0);
        Jump.Largest(t => [Math.Abs(t) > 0.01 ? 1 : 0], 0.05, 0.01, [0], 1e-16).ShouldBe(0);
    }
}
