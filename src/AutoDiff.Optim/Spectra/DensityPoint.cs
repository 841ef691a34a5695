namespace AutoDiff.Optim;

/// <summary>A point of a spectral density.</summary>
/// <param name="Position">t, in the units of the eigenvalues.</param>
/// <param name="Density">φ(t), in the reciprocal of those units; the integral is 1.</param>
/// <param name="StandardError">The probes' scatter: the half width of the error band.</param>
public readonly record struct DensityPoint(double Position, double Density, double StandardError)
{
    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(DensityPoint), PrintMembers);
}
