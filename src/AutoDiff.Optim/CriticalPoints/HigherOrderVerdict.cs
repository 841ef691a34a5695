namespace AutoDiff.Optim.CriticalPoints;

/// <summary>What third and fourth order say.</summary>
internal sealed record HigherOrderVerdict(CriticalPointKind Kind, CriticalPointProof Proof, string Found)
{
    /// <summary>A curve along which f falls; null if there is none, or curvature serves.</summary>
    public NullSpaceJet? Descent { get; init; }

    /// <summary>Where on it f has been seen lower.</summary>
    public double DescentLength { get; init; }

    /// <summary>The direction in which f changes least, where nothing could be decided.</summary>
    public NullSpaceJet? Flattest { get; init; }
}
