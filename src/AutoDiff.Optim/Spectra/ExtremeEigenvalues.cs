namespace AutoDiff.Optim;

/// <summary>The eigenvalues at the ends of a spectrum, as one Lanczos run sees them.</summary>
public sealed record ExtremeEigenvalues
{
    /// <summary>The smallest ones, the outermost first; empty if they were not asked for.</summary>
    public required IReadOnlyList<Eigenpair> Smallest { get; init; }

    /// <summary>The largest ones, the outermost first; empty if they were not asked for.</summary>
    public required IReadOnlyList<Eigenpair> Largest { get; init; }

    /// <summary>Whether all pairs asked for have converged, or why not.</summary>
    public required SpectrumStatus Status { get; init; }

    /// <summary>The products with the operator.</summary>
    public required int Products { get; init; }

    /// <summary>The steps from the random start before the first restart: what <see cref="LanczosProbability"/> asks for.</summary>
    public required int UnrestartedSteps { get; init; }

    /// <summary>n.</summary>
    public required int Dimension { get; init; }

    /// <summary>The largest magnitude of a Ritz value: a lower bound, and after some steps a good estimate, of ‖A‖₂.</summary>
    public required double Norm { get; init; }

    /// <summary>The largest |uᵀAv − vᵀAu| seen, u and v of unit length: 0 to rounding unless the operator is not symmetric or its products
    /// are not exact. It is part of the error bounds.</summary>
    public required double Asymmetry { get; init; }

    /// <summary>Whether the basis spans ℝⁿ: then the pairs are the extreme ones for certain, to their error bounds.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>All Ritz values of the last basis, ascending. Those inside the spectrum approximate eigenvalues only where they have
    /// converged.</summary>
    public required IReadOnlyList<double> RitzValues { get; init; }

    /// <summary>The residual norms of <see cref="RitzValues"/>, with what the products may be off.</summary>
    public required IReadOnlyList<double> RitzErrorBounds { get; init; }

    /// <summary>The margin ε/2 by which the true extreme eigenvalue may lie outside the Ritz value found, except with probability
    /// <paramref name="failure"/> (<see cref="LanczosProbability.Margin"/> for <see cref="UnrestartedSteps"/> and
    /// <see cref="Norm"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public double ProbableMargin(double failure) =>
        IsComplete ? 0 : double.IsNaN(Norm) ? double.NaN : 0.5 * LanczosProbability.Margin(Dimension, Norm, UnrestartedSteps, failure);

    /// <summary>Status and both ends in a line.</summary>
    public override string ToString() =>
        $"{Status} after {Products} products: smallest {string.Join(", ", Smallest)}; largest {string.Join(", ", Largest)}";
}
