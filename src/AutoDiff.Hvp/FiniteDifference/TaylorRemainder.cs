namespace AutoDiff.Hvp;

/// <summary>The order at which the remainder of f's second-order Taylor model along v vanishes.</summary>
internal static class TaylorRemainder
{
    private const int Octaves = 6, Least = 3;
    private const double AboveNoise = 64, Roundoff = 2.0 / (1L << 53);

    /// <summary>
    /// The median slope of log₂|f(x + hv) − f − h·slope − ½h²·curvature| over the smallest octaves that stand clear of noise; NaN if there are too few.
    /// The noise is taken from the steps below, where the remainder is nothing else.
    /// </summary>
    public static double Slope(IReadOnlyList<double> steps, IReadOnlyList<double> values, double value, double slope, double curvature)
    {
        var slopes = new List<double>();
        double last = 0, lastStep = 0, noise = 0;
        for (int k = 0; k < steps.Count && slopes.Count < Octaves; k++)
        {
            double h = steps[k], first = h * slope, second = 0.5 * h * h * curvature;
            double remainder = Math.Abs(values[k] - value - first - second);
            double floor = Math.Max(noise, Roundoff * (Math.Abs(value) + Math.Abs(values[k]) + Math.Abs(first) + Math.Abs(second)));
            if (!(remainder > AboveNoise * floor))
            {
                noise = Math.Max(noise, remainder);
                slopes.Clear();
                last = 0;
                continue;
            }
            if (last > 0)
                slopes.Add(Math.Log2(remainder / last) / Math.Log2(h / lastStep));
            (last, lastStep) = (remainder, h);
        }
        if (slopes.Count < Least)
            return double.NaN;
        slopes.Sort();
        return slopes[slopes.Count / 2];
    }
}
