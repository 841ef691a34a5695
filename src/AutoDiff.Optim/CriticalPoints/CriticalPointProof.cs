namespace AutoDiff.Optim;

/// <summary>How much stands behind a verdict.</summary>
public enum CriticalPointProof
{
    /// <summary>Nothing: the point was not examined, or the examination came to no end.</summary>
    None,

    /// <summary>Lanczos from a random start: true up to the reported resolution, with the reported probability.</summary>
    Probable,

    /// <summary>Found by a numerical search over directions that is not exhaustive.</summary>
    Numerical,

    /// <summary>A factorization, a direction of negative curvature, or a lower point in hand, beyond its rounding error.</summary>
    Proven,
}
