namespace AutoDiff.Optim;

/// <summary>How far a computation on a spectrum has got.</summary>
/// <param name="Products">The products with the operator so far.</param>
/// <param name="Value">The current estimate: of the smallest eigenvalue asked for (the largest, if only largest ones are), or of the
/// trace.</param>
/// <param name="Error">The error still to be brought down: the largest residual of the pairs asked for, or the trace's standard
/// error.</param>
public readonly record struct SpectrumProgress(int Products, double Value, double Error)
{
    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(SpectrumProgress), PrintMembers);
}
