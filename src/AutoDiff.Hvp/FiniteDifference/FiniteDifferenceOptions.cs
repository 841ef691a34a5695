namespace AutoDiff.Hvp;

/// <summary>How a finite difference is taken.</summary>
public sealed record FiniteDifferenceOptions
{
    /// <summary>Central differences with the classic step.</summary>
    public static FiniteDifferenceOptions Default { get; } = new();

    /// <summary>The formula. Default: <see cref="DifferenceScheme.Central"/>.</summary>
    public DifferenceScheme Scheme { get; init; } = DifferenceScheme.Central;

    /// <summary>The choice of the step. Default: <see cref="StepRule.Classic"/>.</summary>
    public StepRule StepRule { get; init; } = StepRule.Classic;

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(FiniteDifferenceOptions), PrintMembers);
}
