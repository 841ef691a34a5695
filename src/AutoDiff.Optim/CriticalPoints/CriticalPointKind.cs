namespace AutoDiff.Optim;

/// <summary>What kind of point it is.</summary>
public enum CriticalPointKind
{
    /// <summary>A strict local minimum; <see cref="CriticalPoint.Proof"/> says how surely.</summary>
    Minimum,

    /// <summary>A strict local maximum.</summary>
    Maximum,

    /// <summary>Neither: f falls in one direction and rises in another.</summary>
    Saddle,

    /// <summary>It could not be told; <see cref="CriticalPoint.Evidence"/> says how far the examination got.</summary>
    Undecided,

    /// <summary>The gradient does not vanish.</summary>
    NotCritical,
}
