namespace AutoDiff.Hvp;

/// <summary>What a finite difference did, and what it thinks of its own accuracy. Errors are absolute, in the Euclidean norm of the
/// result.</summary>
/// <remarks>An estimate made at one scale can lie where the function varies on another; <see cref="HvpComparison"/> looks at all of
/// them.</remarks>
public sealed record FiniteDifferenceReport
{
    /// <summary>The formula used.</summary>
    public required DifferenceScheme Scheme { get; init; }

    /// <summary>The rule that chose the step.</summary>
    public required StepRule Rule { get; init; }

    /// <summary>The step h; of a tableau, the smallest step it uses; of a gradient, the smallest over its coordinates. Zero when no
    /// difference was needed (v = 0).</summary>
    public required double Step { get; init; }

    /// <summary>The estimated truncation error: what a second step or the tableau's neighbours tell.</summary>
    public required double TruncationError { get; init; }

    /// <summary>The estimated round-off: u·max‖F‖/h, F being the differenced function.</summary>
    public required double RoundOffFloor { get; init; }

    /// <summary>Evaluations of the differenced function: gradients for a Hessian-vector product, values for a gradient.</summary>
    public required int Evaluations { get; init; }

    /// <summary>Whether the result holds finite numbers only.</summary>
    public required bool IsFinite { get; init; }

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(FiniteDifferenceReport), PrintMembers);
}
