namespace AutoDiff.Optim;

/// <summary>A mean over random probes.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">Its standard error, from the probes' scatter.</param>
public readonly record struct ProbeEstimate(double Value, double StandardError)
{
    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(ProbeEstimate), PrintMembers);
}
