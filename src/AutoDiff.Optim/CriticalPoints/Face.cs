using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>Which variables are free at a point within bounds, and which the bounds hold.</summary>
/// <param name="Free">Strictly between their bounds, or pushed off their bound by the gradient. Null: all.</param>
/// <param name="Weak">At a bound with a multiplier that is zero to rounding.</param>
/// <param name="Strong">How many are at a bound with a multiplier that holds them there.</param>
internal sealed record Face(int[]? Free, int[] Weak, int Strong)
{
    // The multiplier's margin over the gradient that the rounding of x leaves, and over what the gradient's own terms lose.
    private const double Margin = 10, ErrorMargin = 2;

    public static Face Everything { get; } = new(null, [], 0);

    /// <summary>Free and weak variables together.</summary>
    public int[] FreeAndWeak
    {
        get
        {
            int[] all = [.. Free ?? [], .. Weak];
            Array.Sort(all);
            return all;
        }
    }

    /// <summary>The face that x lies on. Variables whose bounds leave no room belong to nothing.</summary>
    /// <param name="x">The point.</param>
    /// <param name="gradient">∇f there.</param>
    /// <param name="bounds">The bounds.</param>
    /// <param name="errors">What a multiplier may be off by.</param>
    /// <param name="held">Variables at their bounds that are not to leave them whatever their multipliers say; null: none.</param>
    public static Face At(
        ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, Bounds bounds, MultiplierErrors errors, bool[]? held = null)
    {
        List<int> free = [], weak = [];
        int strong = 0;
        for (int i = 0; i < x.Length; i++)
        {
            bool atLower = x[i] <= bounds.Lower[i], atUpper = x[i] >= bounds.Upper[i];
            if (atLower && atUpper)
                continue;
            double multiplier = atLower ? gradient[i] : -gradient[i], least = Margin * errors.OfPosition + ErrorMargin * errors.OfTerms(i);
            if (!atLower && !atUpper || multiplier < -least && held?[i] != true)
                free.Add(i);
            else if (multiplier <= least)
                weak.Add(i);
            else
                strong++;
        }
        return new Face(free.Count == x.Length ? null : [.. free], [.. weak], strong);
    }
}
