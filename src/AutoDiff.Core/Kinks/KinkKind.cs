namespace AutoDiff;

/// <summary>What a function does where it is not smooth.</summary>
public enum KinkKind
{
    /// <summary>It chooses between smooth functions: |x|, max, relu, a comparison that decides what is computed.</summary>
    Selection,

    /// <summary>It jumps, or what it is multiplied by does: floor, sign, round, the remainder, the cut of atan2.</summary>
    Jump,

    /// <summary>It is singular there without a choice: a norm at 0, a square root at 0, atan2 at the origin.</summary>
    Singularity,
}
