namespace AutoDiff.Optim;

/// <summary>A node of the Gauss quadrature that a Lanczos run makes of the spectrum as its start sees it.</summary>
/// <param name="Value">The Ritz value θ.</param>
/// <param name="Weight">The square of the first component of T's eigenvector; the weights of a probe add up to 1.</param>
public readonly record struct SpectralNode(double Value, double Weight)
{
    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(SpectralNode), PrintMembers);
}
