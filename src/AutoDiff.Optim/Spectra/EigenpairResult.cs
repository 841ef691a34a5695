namespace AutoDiff.Optim;

/// <summary>Several eigenpairs at one end of a spectrum.</summary>
public sealed record EigenpairResult
{
    /// <summary>The pairs, the outermost first; repeated eigenvalues as often as they are repeated. Empty if the first products were not
    /// finite.</summary>
    public required IReadOnlyList<Eigenpair> Pairs { get; init; }

    /// <summary>Whether all pairs have converged, or why not.</summary>
    public required SpectrumStatus Status { get; init; }

    /// <summary>The products with the operator.</summary>
    public required int Products { get; init; }

    /// <summary>The iterations, each with a product for every pair not yet converged.</summary>
    public required int Iterations { get; init; }

    /// <summary>Status and eigenvalues in a line.</summary>
    public override string ToString() =>
        $"{Status} after {Products} products: {string.Join(", ", Pairs)}";
}
