namespace AutoDiff.Hvp;

/// <summary>How a derivative along a direction is formed from function values; F(t) is the function on the line x + t·v.</summary>
public enum DifferenceScheme
{
    /// <summary>(F(h) − F(−h)) / 2h: two evaluations, truncation error O(h²).</summary>
    Central,

    /// <summary>(F(h) − F(0)) / h: two evaluations, of which F(0) is often at hand; truncation error O(h).</summary>
    Forward,

    /// <summary>
    /// Central differences at h, h/2, h/4, … extrapolated to h = 0 by Richardson's scheme, with the entry of the tableau taken whose
    /// estimated error is least (C. J. F. Ridders, Accurate computation of F'(x) and F'(x)F''(x), Advances in Engineering Software 4,
    /// 1982): at most twenty evaluations.
    /// </summary>
    Extrapolated,
}
