namespace AutoDiff.Optim.LineSearches;

/// <summary>
/// The line search of J. J. Moré and D. J. Thuente, Line search algorithms with guaranteed sufficient decrease, ACM Trans. Math. Software
/// 20 (1994) 286–307: finds α with φ(α) ≤ φ(0) + μαφ′(0) and |φ′(α)| ≤ η|φ′(0)|. The letters are the paper's: l and u are the ends of the
/// interval of uncertainty (l the lower one), t is the trial, ψ(α) = φ(α) − φ(0) − μαφ′(0).
/// </summary>
/// <remarks>A trial that is not finite is too long: it becomes the end u, of which only the place is used.</remarks>
internal sealed class MoreThuente(double mu = 1e-4, double eta = 0.9, double tolerance = 1e-8, int maxTrials = 40)
{
    private const double MinExtrapolation = 1.1, MaxExtrapolation = 4, Shrinkage = 0.66, NonFiniteShrinkage = 0.1;

    /// <summary>Searches from the trial <paramref name="first"/>, never beyond <paramref name="longest"/>.</summary>
    public LineSearchOutcome Search(LineFunction line, double first, double longest)
    {
        double slope = mu * line.InitialSlope;
        LineSample l = line.Origin, u = line.Origin;
        bool isBracketed = false, isModified = true;
        double width = longest, widthBefore = 2 * longest;
        double lower = 0, upper = first + MaxExtrapolation * first;
        double alpha = Math.Min(first, longest);
        while (line.Trials < maxTrials)
        {
            LineSample t = line.Evaluate(alpha);
            if (line.IsExhausted)
                break;
            if (t.IsFinite)
            {
                bool isSufficient = t.Value <= alpha * slope;
                if (isSufficient && Math.Abs(t.Slope) <= -eta * line.InitialSlope)
                    return line.AcceptLast();
                if (alpha == longest && isSufficient && t.Slope <= slope)
                    break;
                isModified &= !(isSufficient && t.Slope >= 0);
                // At first ψ stands for φ where that leads to sufficient decrease.
                double tilt = isModified && t.Value <= l.Value && !isSufficient ? slope : 0;
                alpha = MoreThuenteStep.Choose(l.Tilted(tilt), u.Tilted(tilt), t.Tilted(tilt), isBracketed, lower, upper);
                isBracketed |= MoreThuenteStep.Update(ref l, ref u, t, tilt);
            }
            else
            {
                alpha = l.Alpha + (l.Alpha == 0 ? NonFiniteShrinkage : 0.5) * (t.Alpha - l.Alpha);
                u = new LineSample(t.Alpha, double.PositiveInfinity, double.NaN);
                isBracketed = true;
            }
            if (isBracketed)
            {
                if (Math.Abs(u.Alpha - l.Alpha) >= Shrinkage * widthBefore)
                    alpha = l.Alpha + 0.5 * (u.Alpha - l.Alpha);
                (widthBefore, width) = (width, Math.Abs(u.Alpha - l.Alpha));
                (lower, upper) = (Math.Min(l.Alpha, u.Alpha), Math.Max(l.Alpha, u.Alpha));
                if (!(alpha > lower && alpha < upper) || upper - lower <= tolerance * upper)
                    break;
            }
            else
            {
                lower = alpha + MinExtrapolation * (alpha - l.Alpha);
                upper = alpha + MaxExtrapolation * (alpha - l.Alpha);
            }
            alpha = Math.Min(alpha, longest);
        }
        return line.AcceptBest(mu);
    }
}
