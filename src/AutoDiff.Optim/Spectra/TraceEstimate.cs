namespace AutoDiff.Optim;

/// <summary>An estimate of a trace.</summary>
public sealed record TraceEstimate
{
    /// <summary>The unbiased estimate; NaN if the first products were not finite.</summary>
    public required double Value { get; init; }

    /// <summary>The estimate's standard error, itself estimated from the probes' scatter: the truth lies within twice this about nineteen
    /// times in twenty. 0 if the trace is known exactly, but for rounding. XTrace's samples share one sketch: where the spectrum does not
    /// decay, their scatter is too small, by a fifth to a third for random symmetric matrices.</summary>
    public required double StandardError { get; init; }

    /// <summary>Whether the standard error asked for is reached, or why not.</summary>
    public required SpectrumStatus Status { get; init; }

    /// <summary>The products with the operator.</summary>
    public required int Products { get; init; }

    /// <summary>The random vectors that the scatter was measured on.</summary>
    public required int Probes { get; init; }

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(TraceEstimate), PrintMembers);
}
