namespace AutoDiff.Hvp;

/// <summary>How strict a comparison is.</summary>
public sealed record HvpComparisonOptions
{
    /// <summary>
    /// Agreement is claimed only if the bound on the differences' error, relative to the product, is at most this; a relative fault of more
    /// than twice it cannot pass. Default: 4e-7.
    /// </summary>
    public double Tolerance { get; init; } = 4e-7;

    /// <summary>The bound on the differences' error, in units of their estimated uncertainty. Default: 2.</summary>
    public double Margin { get; init; } = 2;

    /// <summary>The seed of the random vector of the symmetry check.</summary>
    public int Seed { get; init; } = 20260101;

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(HvpComparisonOptions), PrintMembers);
}
