namespace AutoDiff.Optim.CriticalPoints;

/// <summary>How the polishing ended.</summary>
internal enum PolishEnd
{
    /// <summary>At a critical point, as far as rounding lets it be located.</summary>
    AtRounding,

    /// <summary>The steps still shrank when there had been enough of them: a degenerate critical point is near.</summary>
    Contracting,

    /// <summary>No more products might be spent.</summary>
    Interrupted,

    /// <summary>The steps do not contract: no critical point has been located.</summary>
    Lost,
}
