namespace AutoDiff.Hvp;

/// <summary>
/// Looks for a jump of a function on a line: between two arguments that are next to one another it changes by more than any smooth function
/// would. Rounding errors jump, and so do table lookups; and only what is large beside its jumps can be told from differences.
/// </summary>
internal static class Jump
{
    // How much farther than asked for the search goes, and from how near it begins anew.
    private const double Beyond = 16, Nearer = 1.0 / 4096;

    // Between neighbours, what is smooth changes by its slope and little more.
    private const double Slack = 8;

    private const double UnitRoundoff = 1.0 / (1L << 53);

    /// <summary>
    /// The largest jump found by bisection within <see cref="Beyond"/> times <paramref name="reach"/>, and not beyond
    /// <paramref name="limit"/>, on both sides of 0: the smaller of the two; 0 if there is none. Where the function is smooth it changes
    /// about as <paramref name="slope"/> says. Takes some 200 evaluations.
    /// </summary>
    /// <param name="at">The function; null where it is undefined.</param>
    /// <param name="reach">How far to look.</param>
    /// <param name="limit">Where a kink is known.</param>
    /// <param name="slope">The slope at 0.</param>
    /// <param name="resolution">How near two arguments can be.</param>
    public static double Largest(Func<double, double[]?> at, double reach, double limit, double[] slope, double resolution)
    {
        double largest = 0;
        foreach (double width in (double[])[Beyond * reach, Nearer * reach])
        {
            double far = Math.Min(width, 0.5 * limit);
            if (!(far > resolution) || !double.IsFinite(far))
                continue;
            // Where one side alone jumps it may be beside a pole, or a step; rounding is on both.
            largest = Math.Max(largest, Math.Min(Between(at, far, slope, resolution), Between(at, -far, slope, resolution)));
        }
        return largest;
    }

    private static double Between(Func<double, double[]?> at, double far, double[] slope, double resolution)
    {
        double near = 0;
        double[]? here = at(near), there = at(far);
        if (here is null || there is null)
            return 0;
        while (Math.Abs(far - near) > Math.Max(resolution, 2 * UnitRoundoff * Math.Abs(far)))
        {
            double middle = near + 0.5 * (far - near);
            if (middle == near || middle == far || at(middle) is not { } between)
                break;
            if (Change(here, between, slope, middle - near) > Change(between, there, slope, far - middle))
                (far, there) = (middle, between);
            else
                (near, here) = (middle, between);
        }
        double width = Math.Abs(far - near);
        if (width > 4 * Math.Max(resolution, UnitRoundoff * Math.Abs(far)))
            return 0;
        return Math.Max(0, Change(here, there, slope, far - near) - Slack * Norms.Euclidean(slope) * (width + resolution));
    }

    // What F changes by, besides what its slope makes.
    private static double Change(double[] from, double[] to, double[] slope, double width)
    {
        double[] change = new double[from.Length];
        for (int i = 0; i < change.Length; i++)
            change[i] = to[i] - from[i] - slope[i] * width;
        double size = Norms.Euclidean(change);
        return double.IsFinite(size) ? size : 0;
    }
}
