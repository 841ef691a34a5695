namespace AutoDiff.Optim.LineSearches;

/// <summary>
/// The line search of CG_DESCENT: W. W. Hager and H. Zhang, A new conjugate gradient method with guaranteed descent and an efficient line
/// search, SIAM J. Optim. 16 (2005) 170–192, section 4, whose names and letters these are. It ends at a point that satisfies the Wolfe
/// conditions (T1), or the approximate ones (T2): (2δ − 1)φ′(0) ≥ φ′(α) ≥ σφ′(0) with φ(α) ≤ φ(0) + ε|φ(0)|.
/// </summary>
/// <remarks>A trial that is not finite is too long: before any finite one it is shrunk by 0.1, afterwards bisected.</remarks>
internal sealed class HagerZhang(
    LineFunction line, double delta = 0.1, double sigma = 0.9, double epsilon = 1e-6, double rho = 5, double gamma = 2.0 / 3,
        double theta = 0.5, int maxTrials = 50)
{
    private const double NonFiniteShrinkage = 0.1;

    private double _highest;
    private bool _isOver;
    private LineSearchOutcome _outcome;

    /// <summary>Searches from the trial <paramref name="first"/>.</summary>
    public LineSearchOutcome Search(double first)
    {
        _highest = epsilon * Math.Abs(line.InitialValue);
        _isOver = false;
        (LineSample a, LineSample b) = Bracket(first);
        while (!_isOver)
        {
            double width = b.Alpha - a.Alpha;
            (a, b) = SecantSquared(a, b);
            if (!_isOver && b.Alpha - a.Alpha > gamma * width)
                (a, b, _) = Update(a, b, 0.5 * (a.Alpha + b.Alpha));
            if (!_isOver && !(b.Alpha - a.Alpha < width))
                End();
        }
        return _outcome;
    }

    // bracket(c), B1–B3: expands until the opposite slope condition holds.
    private (LineSample A, LineSample B) Bracket(double c)
    {
        LineSample a = line.Origin;
        while (true)
        {
            LineSample t = Try(c);
            if (_isOver)
                return (a, t);
            if (!t.IsFinite && a.Alpha == 0)
            {
                c *= NonFiniteShrinkage;
                continue;
            }
            if (t.Slope >= 0)
                return (a, t);
            if (!t.IsFinite || t.Value > _highest)
                return Bisect(a, t);
            (a, c) = (t, rho * c);
        }
    }

    // secant²(a, b), S1–S4.
    private (LineSample A, LineSample B) SecantSquared(LineSample a, LineSample b)
    {
        (LineSample A, LineSample B, LineSample t) = Update(a, b, Secant(a, b));
        if (_isOver)
            return (A, B);
        if (t == B)
            (A, B, _) = Update(A, B, Secant(b, B));
        else if (t == A)
            (A, B, _) = Update(A, B, Secant(a, A));
        return (A, B);
    }

    private static double Secant(LineSample a, LineSample b) => (a.Alpha * b.Slope - b.Alpha * a.Slope) / (b.Slope - a.Slope);

    // update(a, b, c), U0–U3; and the trial at c, the origin if none was made.
    private (LineSample A, LineSample B, LineSample T) Update(LineSample a, LineSample b, double c)
    {
        if (!(c > a.Alpha && c < b.Alpha))
            return (a, b, line.Origin with { Alpha = double.NaN });
        LineSample t = Try(c);
        if (_isOver || t.Slope >= 0)
            return (a, t, t);
        if (t.IsFinite && t.Value <= _highest)
            return (t, b, t);
        (a, b) = Bisect(a, t);
        return (a, b, t);
    }

    // U3: between a, which is low and falls, and b, which is too high.
    private (LineSample A, LineSample B) Bisect(LineSample a, LineSample b)
    {
        while (true)
        {
            double c = (1 - theta) * a.Alpha + theta * b.Alpha;
            if (!(c > a.Alpha && c < b.Alpha))
            {
                End();
                return (a, b);
            }
            LineSample t = Try(c);
            if (_isOver || t.Slope >= 0)
                return (a, t);
            if (t.IsFinite && t.Value <= _highest)
                a = t;
            else
                b = t;
        }
    }

    private LineSample Try(double alpha)
    {
        LineSample t = line.Evaluate(alpha);
        double slope = line.InitialSlope;
        if (!line.IsExhausted && t.IsFinite && t.Slope >= sigma * slope
            && (t.Value <= delta * alpha * slope || ((2 * delta - 1) * slope >= t.Slope && t.Value <= _highest)))
        {
            (_isOver, _outcome) = (true, line.AcceptLast());
        }
        else if (line.IsExhausted || line.Trials >= maxTrials)
        {
            End();
        }
        return t;
    }

    private void End() => (_isOver, _outcome) = (true, line.AcceptBest(delta));
}
