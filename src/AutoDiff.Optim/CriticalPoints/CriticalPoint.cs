namespace AutoDiff.Optim;

/// <summary>The verdict on a point: what kind of critical point it is, and how that was found out. Immutable.</summary>
public sealed record CriticalPoint
{
    /// <summary>Minimum, maximum, saddle, undecided, or no critical point.</summary>
    public required CriticalPointKind Kind { get; init; }

    /// <summary>How surely.</summary>
    public CriticalPointProof Proof { get; init; }

    /// <summary>Whether the Hessian is singular to working accuracy, so that higher orders had to decide.</summary>
    public bool IsDegenerate { get; init; }

    /// <summary>Whether nearby points were found with the same f and a vanishing gradient: one of a continuum.</summary>
    public bool IsNonIsolated { get; init; }

    /// <summary>The point, after polishing.</summary>
    public required double[] X { get; init; }

    /// <summary>f there.</summary>
    public required double Value { get; init; }

    /// <summary>‖∇f‖₂ there, with bounds ‖P(x − ∇f) − x‖₂.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The lowest eigenvalue of the Hessian that was found (with bounds, of the free variables'); NaN if none was looked for.</summary>
    public double LowestEigenvalue { get; init; } = double.NaN;

    /// <summary>A bound on the distance from <see cref="LowestEigenvalue"/> to an eigenvalue. That it is the lowest one is proven by a
    /// factorization only; see <see cref="Proof"/>.</summary>
    public double LowestEigenvalueError { get; init; } = double.NaN;

    /// <summary>The unit eigenvector that belongs to it; empty if none was looked for.</summary>
    public double[] LowestDirection { get; init; } = [];

    /// <summary>The highest eigenvalue found.</summary>
    public double HighestEigenvalue { get; init; } = double.NaN;

    /// <summary>A bound on the distance from <see cref="HighestEigenvalue"/> to an eigenvalue.</summary>
    public double HighestEigenvalueError { get; init; } = double.NaN;

    /// <summary>The unit eigenvector that belongs to it.</summary>
    public double[] HighestDirection { get; init; } = [];

    /// <summary>The number of negative eigenvalues, where it is known: by a factorization.</summary>
    public int? Index { get; init; }

    /// <summary>ε: with probability 1 − <see cref="FailureProbability"/> no eigenvalue lies below −ε. Zero after a factorization; NaN if
    /// nothing was bounded.</summary>
    public double Resolution { get; init; } = double.NaN;

    /// <summary>δ of <see cref="Resolution"/>.</summary>
    public double FailureProbability { get; init; }

    /// <summary>How the verdict was reached, in sentences.</summary>
    public required string Evidence { get; init; }

    /// <summary>What the examination asked of f.</summary>
    public Counts Counts { get; init; }

    /// <summary>Kind, extreme curvatures and evidence.</summary>
    public override string ToString() =>
        $"{Kind}{(IsDegenerate ? " (degenerate)" : "")}: ‖g‖ = {GradientNorm:G4}, curvature from {LowestEigenvalue:G6} ± {LowestEigenvalueError:G2} to {HighestEigenvalue:G6} ± {HighestEigenvalueError:G2}. {Evidence}";
}
