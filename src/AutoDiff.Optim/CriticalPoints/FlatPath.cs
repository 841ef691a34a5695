namespace AutoDiff.Optim.CriticalPoints;

/// <summary>What was found along a null direction.</summary>
internal enum FlatPath
{
    /// <summary>f changes, or the gradient does not stay zero.</summary>
    None,

    /// <summary>A curve of critical points, along which the null space changes its dimension: curves cross at the point.</summary>
    Irregular,

    /// <summary>A curve of critical points with null spaces of one dimension.</summary>
    Regular,
}
