namespace AutoDiff.Optim.LineSearches;

/// <summary>Section 4 of Moré and Thuente (1994): the next trial by safeguarded cubic and quadratic interpolation, and the next
/// interval.</summary>
internal static class MoreThuenteStep
{
    private const double Safeguard = 0.66;

    /// <summary>The next trial α.</summary>
    public static double Choose(LineSample l, LineSample u, LineSample t, bool isBracketed, double lower, double upper)
    {
        double span = t.Alpha - l.Alpha;
        if (t.Value > l.Value)
        {
            // Case 1: the minimizer lies between; the cubic's, unless the quadratic's (with φ(l), φ′(l), φ(t)) is nearer to l: then their
            // mean.
            double cubic = l.Alpha + Cubic(l, t, out _) * span;
            double quadratic = l.Alpha + 0.5 * l.Slope / ((l.Value - t.Value) / span + l.Slope) * span;
            return Math.Abs(cubic - l.Alpha) < Math.Abs(quadratic - l.Alpha) ? cubic : cubic + 0.5 * (quadratic - cubic);
        }
        double secant = t.Alpha - t.Slope / (t.Slope - l.Slope) * span;
        if (t.Slope * Math.Sign(l.Slope) < 0)
        {
            // Case 2: lower, and the slope changed its sign; the one farther from t.
            double cubic = t.Alpha - Cubic(t, l, out _) * span;
            return Math.Abs(cubic - t.Alpha) > Math.Abs(secant - t.Alpha) ? cubic : secant;
        }
        if (Math.Abs(t.Slope) < Math.Abs(l.Slope))
        {
            // Case 3: lower, and the slope flattens; the cubic counts only where it tends to infinity in the direction of the step or has
            // its minimum beyond t.
            double r = Cubic(t, l, out double gamma);
            double cubic = r < 0 && gamma != 0 ? t.Alpha - r * span : span > 0 ? upper : lower;
            bool isCubicNearer = Math.Abs(cubic - t.Alpha) < Math.Abs(secant - t.Alpha);
            if (!isBracketed)
                return Math.Clamp(isCubicNearer ? secant : cubic, Math.Min(lower, upper), Math.Max(lower, upper));
            double limit = t.Alpha + Safeguard * (u.Alpha - t.Alpha), chosen = isCubicNearer ? cubic : secant;
            return span > 0 ? Math.Min(limit, chosen) : Math.Max(limit, chosen);
        }
        // Case 4: lower, and the slope does not flatten.
        if (!isBracketed)
            return span > 0 ? upper : lower;
        return t.Alpha + (u.IsFinite ? Cubic(t, u, out _) : 0.5) * (u.Alpha - t.Alpha);
    }

    /// <summary>The next interval, for φ(α) − cα; true if it now holds a minimizer.</summary>
    public static bool Update(ref LineSample l, ref LineSample u, LineSample t, double c)
    {
        if (t.Tilted(c).Value > l.Tilted(c).Value)
        {
            u = t;
            return true;
        }
        bool isPassed = t.Tilted(c).Slope * Math.Sign(l.Tilted(c).Slope) < 0;
        if (isPassed)
            u = l;
        l = t;
        return isPassed;
    }

    // r: the cubic through a and b, with their slopes, has its minimizer at a + r(b − a). γ = 0: it has none. Scaled against overflow by a
    // power of two.
    private static double Cubic(LineSample a, LineSample b, out double gamma)
    {
        double theta = 3 * (a.Value - b.Value) / (b.Alpha - a.Alpha) + a.Slope + b.Slope;
        double largest = Math.Max(Math.Abs(theta), Math.Max(Math.Abs(a.Slope), Math.Abs(b.Slope)));
        double scale = largest > 0 && double.IsFinite(largest) ? Math.ScaleB(1, Math.ILogB(largest)) : 1;
        gamma = scale * Math.Sqrt(Math.Max(0, theta / scale * (theta / scale) - a.Slope / scale * (b.Slope / scale)));
        if (b.Alpha < a.Alpha)
            gamma = -gamma;
        return (gamma - a.Slope + theta) / (gamma - a.Slope + gamma + b.Slope);
    }
}
