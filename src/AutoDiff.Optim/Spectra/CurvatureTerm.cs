namespace AutoDiff.Optim;

/// <summary>The part of a direction's curvature that belongs to one eigenvalue.</summary>
/// <param name="Eigenvalue">λ.</param>
/// <param name="Coefficient">t = vᵀd/‖d‖ ≥ 0; of the unit direction, the part t·v lies in λ's eigenspace.</param>
/// <param name="Vector">v, the unit eigenvector along that part.</param>
/// <param name="ErrorBound">Some eigenvalue lies within this of λ.</param>
public sealed record CurvatureTerm(double Eigenvalue, double Coefficient, double[] Vector, double ErrorBound)
{
    /// <summary>t²·λ.</summary>
    public double Contribution => Coefficient * Coefficient * Eigenvalue;

    /// <summary>The term as it stands in the sum.</summary>
    public override string ToString() =>
        $"{Coefficient:G4}²·({Eigenvalue:G10} ± {ErrorBound:G2})";
}
