namespace AutoDiff.Hvp;

/// <summary>The order at which the remainder of f's second-order Taylor model along v vanishes.</summary>
internal static class TaylorRemainder
{
    private const int Window = 4;
    private const double AboveRoundoff = 256, Spread = 0.25, LeastOrder = 1.5, UnitRoundoff = 1.0 / (1L << 53);

    /// <summary>
    /// The slope of log|f(x + hv) − f − h·slope − ½h²·curvature| over log h at the smallest steps where it is steady: the median of the
    /// first four successive local slopes, clear of round-off, that lie within a quarter of one another's median. NaN if there are none.
    /// Noise gives no steady slope, or none above 1.
    /// </summary>
    public static double Slope(IReadOnlyList<double> steps, IReadOnlyList<double> values, double value, double slope, double curvature)
    {
        var local = new Queue<double>();
        double last = 0, lastStep = 0;
        for (int k = 0; k < steps.Count; k++)
        {
            double h = steps[k], first = h * slope, second = 0.5 * h * h * curvature,
                remainder = Math.Abs(values[k] - value - first - second);
            double roundoff = UnitRoundoff * (Math.Abs(value) + Math.Abs(values[k]) + Math.Abs(first) + Math.Abs(second));
            if (!(remainder > AboveRoundoff * roundoff))
            {
                local.Clear();
                last = 0;
                continue;
            }
            if (last > 0)
                local.Enqueue(Math.Log(remainder / last) / Math.Log(h / lastStep));
            (last, lastStep) = (remainder, h);
            if (local.Count > Window)
                local.Dequeue();
            if (local.Count == Window && Steady(local, out double median))
                return median;
        }
        return double.NaN;
    }

    private static bool Steady(IEnumerable<double> slopes, out double median)
    {
        double[] sorted = [.. slopes.Order()];
        median = 0.5 * (sorted[(Window - 1) / 2] + sorted[Window / 2]);
        return median > LeastOrder && sorted[^1] - median <= Spread && median - sorted[0] <= Spread;
    }
}
