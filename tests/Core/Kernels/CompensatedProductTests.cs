using System.Runtime.Intrinsics;
using AutoDiff.Kernels;

namespace AutoDiff.Tests.Core.Kernels;

/// <summary>x·y + z put together of parts, as machines without the instruction have it, beside the instruction.</summary>
public class CompensatedProductTests
{
    [Fact]
    public void It_is_the_fused_result_to_one_unit_in_the_last_place()
    {
        Random random = new(5);
        for (int i = 0; i < 200_000; i++)
        {
            double x = Draw(random), y = Draw(random);
            double z = i % 3 == 0 ? -x * y * (1 + random.Next(-4, 5) * 1.1e-16) : Draw(random) * (i % 3 == 1 ? 1 : x * y);
            double expected = Math.FusedMultiplyAdd(x, y, z), found = Compensated(x, y, z);
            if (double.IsFinite(expected))
                Math.Abs(found - expected).ShouldBeLessThanOrEqualTo(
                    Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected), $"{x:R}·{y:R} + {z:R}");
            else
                found.ShouldBe(expected, $"{x:R}·{y:R} + {z:R}");
        }
    }

    [Fact]
    public void The_error_of_a_product_is_exact()
    {
        Random random = new(6);
        for (int i = 0; i < 100_000; i++)
        {
            double x = Draw(random), y = Draw(random), product = x * y;
            if (double.IsFinite(product))
                Compensated(x, y, -product).ShouldBe(Math.FusedMultiplyAdd(x, y, -product), $"{x:R}·{y:R}");
        }
    }

    [Fact]
    public void Limits_go_the_way_of_the_instruction()
    {
        double[] hard = [0, -0.0, 1, -1, double.Epsilon, -double.Epsilon, 1e-300, 1e-160, 1e160, 1e300, double.MaxValue, double.MinValue,
            double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        foreach (double x in hard)
        {
            foreach (double y in hard)
            {
                foreach (double z in hard)
                    Compensated(x, y, z).ShouldBe(Math.FusedMultiplyAdd(x, y, z), $"{x:R}·{y:R} + {z:R}");
            }
        }
    }

    private static double Compensated(double x, double y, double z) =>
        Vectorized2.Compensated(Vector128.Create(x), Vector128.Create(y), Vector128.Create(z)).ToScalar();

    // Of every magnitude, mostly moderate.
    private static double Draw(Random random) =>
        (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(8) == 0 ? random.Next(-1070, 1020) : random.Next(-60, 60));
}
