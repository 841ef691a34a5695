namespace AutoDiff.Hvp;

/// <summary>One point of the V-curve: a central difference at one step, relative to the larger of the two products compared.</summary>
/// <param name="Step">h.</param>
/// <param name="RelativeError">‖(∇f(x + hv) − ∇f(x − hv))/2h − Hv‖, against the exact product.</param>
/// <param name="DistanceToLimit">The same against the extrapolated limit of the differences, which knows nothing of the exact
/// product.</param>
public readonly record struct HvpComparisonStep(double Step, double RelativeError, double DistanceToLimit)
{
    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(HvpComparisonStep), PrintMembers);
}
