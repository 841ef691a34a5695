namespace AutoDiff.Optim;

/// <summary>What a minimization reached, at what cost, and what kind of point it is.</summary>
/// <remarks>Immutable but for its arrays, which belong to the caller: nothing else refers to them.</remarks>
public sealed record OptimizationResult
{
    /// <summary>The point: where the method converged, otherwise the best finite point seen, whatever the status.</summary>
    public required double[] X { get; init; }

    /// <summary>f(X); not finite only if f was finite nowhere.</summary>
    public required double Value { get; init; }

    /// <summary>∇f(X); empty if it is not known.</summary>
    public required double[] Gradient { get; init; }

    /// <summary>‖∇f(X)‖₂, with bounds ‖P(x − ∇f) − x‖₂; NaN if it is not known.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>How the run ended.</summary>
    public required OptimizationStatus Status { get; init; }

    /// <summary>What kind of point X is. Looked for when the method converged.</summary>
    public required CriticalPoint Verdict { get; init; }

    /// <summary>The minimization's cost. The verdict's stands beside it, in <see cref="CriticalPoint.Counts"/>.</summary>
    public required Counts Counts { get; init; }

    /// <summary>How many iterations were taken.</summary>
    public required int Iterations { get; init; }

    /// <summary>How long the run took, the verdict included.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The points that the run converged to, found not to be minima, and left.</summary>
    public required IReadOnlyList<SaddleEscape> Escapes { get; init; }

    /// <summary>The gradient's norm that the rounding of X leaves, u·‖H·(x∘ξ)‖ for random signs ξ; NaN unless it had to be
    /// measured.</summary>
    public double RoundOffFloor { get; init; } = double.NaN;

    /// <summary>The lowest point that the run or its verdict came across, if f is lower there than at X beyond rounding; otherwise null.
    /// Start from it to go on.</summary>
    public double[]? LowerPointSeen { get; init; }

    /// <summary>What the objective threw last, if it did: at a point that the run then took for infinite, or which ended it.</summary>
    public Exception? Exception { get; init; }

    /// <summary>Every iteration, if <see cref="Optimizer.KeepTrace"/> asked for it.</summary>
    public IReadOnlyList<OptimizationProgress> Trace { get; init; } = [];

    /// <summary>Whether the method's own criterion was met. Whether X is a minimum, <see cref="Verdict"/> says.</summary>
    public bool IsConverged => Status.IsConverged;

    /// <summary>Throws if the objective threw or the run failed; otherwise returns this result.</summary>
    /// <exception cref="InvalidOperationException">The run failed; the objective's exception, if any, is the inner one.</exception>
    public OptimizationResult ThrowIfFailed() =>
        Status.IsFailure ? throw new InvalidOperationException($"The minimization ended with {Status}. {Explanation}", Exception) : this;

    /// <summary>Status, value and verdict in a few lines.</summary>
    public override string ToString() =>
        $"{Status} after {Iterations} iterations ({Counts}): f = {Value:R}, ‖g‖ = {GradientNorm:G4}. {Explanation}\n{Verdict}";

    private string Explanation =>
        Exception is null ? Status.Explanation : $"{Status.Explanation} ({Exception.GetType().Name}: {Exception.Message})";
}
