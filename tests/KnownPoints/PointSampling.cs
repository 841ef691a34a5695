using AutoDiff.Problems;

namespace AutoDiff.Tests.KnownPoints;

/// <summary>The constructions held to plain sampling: values of f around the point, with no derivative and no verdict.</summary>
internal static class PointSampling
{
    /// <summary>Samples f on small spheres and fails where a value contradicts the truth, or where a saddle shows only one side.</summary>
    public static void Check(KnownPoint point)
    {
        SplitMix64 random = new(17);
        double centre = point.F.Value(point.X);
        bool higher = false, lower = false;
        foreach (double radius in new[] { 0.05, 0.01 })
        {
            for (int k = 0; k < 4000; k++)
            {
                double[] x = [.. point.X];
                double square = 0;
                double[] direction = [.. x.Select(_ => random.NextSigned())];
                square = Math.Sqrt(direction.Sum(d => d * d));
                for (int i = 0; i < x.Length; i++)
                    x[i] += radius * point.Unit * direction[i] / square;
                if (point.Bounds is { } bounds)
                    bounds.Project(x, x);
                double difference = (point.F.Value(x) - centre) / point.Scale, noise = 1e-15 * (1 + Math.Abs(centre) / point.Scale);
                higher |= difference > noise;
                lower |= difference < -noise;
            }
        }
        switch (point.Truth)
        {
            case Truth.Minimum or Truth.MinimumContinuum:
                lower.ShouldBeFalse(point.ToString());
                higher.ShouldBeTrue(point.ToString());
                break;
            case Truth.Maximum or Truth.MaximumContinuum:
                higher.ShouldBeFalse(point.ToString());
                lower.ShouldBeTrue(point.ToString());
                break;
            case Truth.Saddle:
                (higher && lower).ShouldBeTrue(point.ToString());
                break;
            default:
                lower.ShouldBeTrue(point.ToString());
                break;
        }
    }
}
