namespace AutoDiff.Optim;

/// <summary>dᵀAd = Σ tᵢ²·λᵢ for a unit direction d = Σ tᵢ·vᵢ over eigenvectors of A.</summary>
public sealed record CurvatureDecomposition
{
    /// <summary>dᵀAd/‖d‖²; NaN if the product was not finite.</summary>
    public required double Curvature { get; init; }

    /// <summary>The eigenvalues found, ascending, each once even if repeated: only the part of d in its eigenspace counts.</summary>
    public required IReadOnlyList<CurvatureTerm> Terms { get; init; }

    /// <summary>1 − Σtᵢ², the squared length of the part of d that the terms leave over.</summary>
    public required double RemainderShare { get; init; }

    /// <summary><see cref="Curvature"/> − Σtᵢ²λᵢ, the curvature of that part times its squared length.</summary>
    public required double RemainderCurvature { get; init; }

    /// <summary>Converged if nothing is left over, LimitProducts if something is, Stalled if the operator is not symmetric,
    /// NonFinite if a product was not finite.</summary>
    public required SpectrumStatus Status { get; init; }

    /// <summary>The products with the operator.</summary>
    public required int Products { get; init; }

    /// <summary>Status, curvature and what is left over in a line.</summary>
    public override string ToString() =>
        $"{Status} after {Products} products: {Curvature:G10} over {Terms.Count} eigenvalues, with a share of {RemainderShare:G4} left over";
}
