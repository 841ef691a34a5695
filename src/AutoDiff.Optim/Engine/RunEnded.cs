namespace AutoDiff.Optim.Engine;

/// <summary>Ends a run from wherever it stands: a limit was reached, the objective threw, a product was not finite. Caught by
/// <see cref="Run"/>, never seen outside.</summary>
internal sealed class RunEnded(OptimizationStatus status, Exception? cause = null) : Exception($"The run ended: {status}.", cause)
{
    public OptimizationStatus Status { get; } = status;
}
