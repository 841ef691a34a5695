namespace AutoDiff.Problems;

/// <summary>What a critical point is in truth, whatever may be found out in double precision.</summary>
public enum TrueKind
{
    /// <summary>A strict local minimum.</summary>
    Minimum,

    /// <summary>A strict local maximum.</summary>
    Maximum,

    /// <summary>In every neighbourhood there are higher and lower points.</summary>
    Saddle,

    /// <summary>A minimum that is not strict: the same value is taken along a curve through the point.</summary>
    NonIsolatedMinimum,
}
