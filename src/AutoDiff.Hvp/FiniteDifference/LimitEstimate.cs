namespace AutoDiff.Hvp;

/// <summary>
/// The limit D = lim D(h), h → 0, of central differences sampled at ascending steps, with an uncertainty made from their agreement with one
/// another alone.
/// </summary>
/// <param name="Value">The limit; NaN if there are too few steps.</param>
/// <param name="Uncertainty">What the limit may be off by; ∞ if there is none.</param>
/// <param name="Step">The smallest step that the limit rests on.</param>
/// <param name="Reach">The largest step that it rests on.</param>
/// <remarks>
/// Richardson's scheme gives, for each top step h_k and order m, T_m(k) = T_{m−1}(k−1) + (T_{m−1}(k−1) − T_{m−1}(k)) / ((h_k/h_{k−m})² −
/// 1), with T_0(k) = D(h_k). Noise ε in F shows as ε/h in T, so |T_m(k) − T_m(k−1)|·h is flat while round-off rules and grows as h^{2m+3}
/// when truncation does: its running maximum R_m(k) bounds both, and U = 2R_m(k)/h is the uncertainty. A difference taken across many
/// periods of the function looks converged too, to a wrong limit. So estimates are admitted from small steps to large (Lepski's principle:
/// O. V. Lepskii, On a problem of adaptive estimation in Gaussian white noise, Theory of Probability and its Applications 35, 1991), as
/// long as each interval T ± U meets all the admitted before; the narrowest admitted wins.
/// </remarks>
internal readonly record struct LimitEstimate(double Value, double Uncertainty, double Step, double Reach)
{
    /// <summary>The highest order of extrapolation.</summary>
    private const int Orders = 7;

    /// <summary>Agreements needed before an uncertainty is believed.</summary>
    private const int Witnesses = 4;

    private const double Safety = 2;

    /// <summary>The half width at which intervals must meet, in uncertainties: a chance excess in one of thousands must not end the
    /// search.</summary>
    private const double Admission = 4;

    private const double UnitRoundoff = 1.0 / (1L << 53);

    /// <summary>No limit.</summary>
    public static readonly LimitEstimate None = new(double.NaN, double.PositiveInfinity, double.NaN, double.NaN);

    /// <summary>
    /// The limit of <paramref name="quotients"/> at ascending <paramref name="steps"/>. <paramref name="level"/> is |F| at step 0,
    /// <paramref name="rounding"/> what the rounding of the points may do to each quotient: it can repeat over octaves and so hide from the
    /// roughness. So can the rounding errors in F itself; <paramref name="noise"/> says how large they may be.
    /// </summary>
    public static LimitEstimate Of(
        ReadOnlySpan<double> steps, ReadOnlySpan<double> quotients, ReadOnlySpan<double> rounding, double level, double noise = 0)
    {
        double resolution = Math.Max(noise, UnitRoundoff * level);
        int first = quotients.IndexOfAnyExcept(0.0);
        if (steps.Length <= Witnesses)
            return None;
        if (first < 0)
            return new(0, Safety * (resolution / steps[^1] + rounding[^1]), steps[^1], steps[^1]);

        if (IsFlatUpToAJump(steps, quotients, first, level))
            return new(0, Safety * (resolution / steps[first - 1] + rounding[first - 1]), steps[first - 1], steps[first - 1]);

        // Differences of exactly zero before the first other one lie below the resolution of F and tell nothing; the last is kept for the
        // size of the jump.
        int start = Math.Max(0, first - 1);
        if (steps.Length - start <= Witnesses + 1)
            return new(0, Safety * (Norms.Largest(quotients) + resolution / steps[^1] + rounding[^1]), steps[^1], steps[^1]);
        if (VariesAtOnce(steps[start..], quotients[start..], level))
            return None;
        LimitEstimate best = None;
        double low = double.NegativeInfinity, high = double.PositiveInfinity;
        Span<double> row = stackalloc double[Orders], above = stackalloc double[Orders], roughness = stackalloc double[Orders];
        roughness.Clear();
        for (int k = start; k < steps.Length; k++)
        {
            row.CopyTo(above);
            row[0] = quotients[k];
            int orders = Math.Min(Orders, k - start + 1);
            for (int m = 1; m < orders; m++)
            {
                double ratio = steps[k] / steps[k - m];
                row[m] = above[m - 1] + (above[m - 1] - row[m - 1]) / (ratio * ratio - 1);
            }
            double roundoff = Math.Max(resolution, UnitRoundoff * (level + Math.Abs(quotients[k]) * steps[k]));
            for (int m = 0; m < Math.Min(orders, k - start); m++)
            {
                double change = Math.Abs(row[m] - above[m]), step = steps[k - m];
                roughness[m] = Math.Max(roughness[m], change * steps[k - m - 1]);
                if (k - start - m < Witnesses)
                    continue;
                double uncertainty = Safety * Math.Max(change, Math.Max(roughness[m], roundoff) / step + rounding[k - m]),
                    room = Admission * uncertainty;
                if (!double.IsFinite(uncertainty) || row[m] - room > high || row[m] + room < low)
                    return best;
                low = Math.Max(low, row[m] - room);
                high = Math.Min(high, row[m] + room);
                if (uncertainty < best.Uncertainty)
                    best = new(row[m], uncertainty, step, steps[k]);
            }
        }
        return best;
    }

    // Whether F is constant over octaves of steps and then jumps by a good part of all that it will ever change, as the gradients of |x|
    // and max(x, 0) do at a kink that the step reaches. Where zeros come from cancellation inside F, what follows them is a rounding error,
    // and small beside later changes.
    private static bool IsFlatUpToAJump(ReadOnlySpan<double> steps, ReadOnlySpan<double> quotients, int first, double level)
    {
        const int octaves = 8;
        const double goodPart = 0.1;
        double jump = 0, all = level;
        for (int k = first; k < steps.Length; k++)
        {
            double change = 2 * Math.Abs(quotients[k] * steps[k]);
            all = Math.Max(all, change);
            if (k < first + 2)
                jump = Math.Max(jump, change);
        }
        return first >= octaves && jump >= goodPart * all;
    }

    // Whether the smallest steps already see all of F's variation: F changes at the resolution of x itself, as sin(1e15 x) does, and no
    // step is small.
    private static bool VariesAtOnce(ReadOnlySpan<double> steps, ReadOnlySpan<double> quotients, double level)
    {
        double early = 0, all = 0;
        for (int k = 0; k < steps.Length; k++)
        {
            all = Math.Max(all, Math.Abs(quotients[k] * steps[k]));
            if (k < Witnesses)
                early = all;
        }
        return early > 1e-2 * all && early > 1e-6 * level;
    }
}
