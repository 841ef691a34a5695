namespace AutoDiff.Optim.LineSearches;

/// <summary>What a line search found.</summary>
internal enum LineSearchOutcome
{
    /// <summary>A point that satisfies the Wolfe conditions, or the approximate ones.</summary>
    Wolfe,

    /// <summary>A point of sufficient decrease; the curvature condition could not be met.</summary>
    Decrease,

    /// <summary>No point of sufficient decrease.</summary>
    Failed,
}
