using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>A method that also minimizes within simple bounds l ≤ x ≤ u.</summary>
public abstract record BoundedMinimizer : Minimizer
{
    private protected BoundedMinimizer()
    {
    }

    /// <summary>Minimizes f over l ≤ x ≤ u, from the point within the bounds that is nearest to <paramref name="x0"/>. f is never evaluated
    /// outside of them. What is tested against the tolerance is ‖P(x − ∇f) − x‖₂.</summary>
    /// <param name="f">The objective; read from the calling thread only.</param>
    /// <param name="x0">The start, which is copied.</param>
    /// <param name="bounds">The bounds; equal ones fix a variable.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellationToken">Looked at before each evaluation; a cancelled run returns its best point.</param>
    /// <returns>What was reached and how. Numerical failures, limits and cancellation are statuses of the
    /// result. What f throws at the start is thrown on; where it throws later it counts as infinite
    /// (<see cref="Optimizer.EndOnException"/>).</returns>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> or <paramref name="bounds"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="x0"/> is empty.</exception>
    /// <exception cref="ShapeMismatchException">There are not as many bounds as variables.</exception>
    /// <exception cref="VariableException">f misuses variables; see <see cref="Minimizer.Minimize"/>.</exception>
    public OptimizationResult Minimize(
        Objective f, ReadOnlySpan<double> x0, Bounds bounds, IProgress<OptimizationProgress>? progress = null,
            CancellationToken cancellationToken = default)
    {
        Check(bounds, x0.Length);
        using Oracle oracle = new(f, x0.Length, this, cancellationToken) { Bounds = bounds };
        return new Run(this, oracle, Begin(oracle, bounds), bounds, progress).FromStart(x0);
    }

    /// <summary>Goes on from a checkpoint of a run within the same bounds on the same objective, with the same bits as if it had not been
    /// interrupted. Limits may differ from the first run's; the time limit starts anew.</summary>
    /// <exception cref="ArgumentNullException">The objective, the checkpoint or the bounds are null.</exception>
    /// <exception cref="ArgumentException">The checkpoint is another method's.</exception>
    /// <exception cref="InvalidDataException">It was taken within other bounds, or with other options.</exception>
    /// <exception cref="ShapeMismatchException">There are not as many bounds as variables.</exception>
    public OptimizationResult Resume(
        Objective f, Checkpoint checkpoint, Bounds bounds, IProgress<OptimizationProgress>? progress = null,
            CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        Check(bounds, checkpoint.Dimension);
        using Oracle oracle = new(f, checkpoint.Dimension, this, cancellationToken) { Bounds = bounds };
        return new Run(this, oracle, Begin(oracle, bounds), bounds, progress).FromCheckpoint(checkpoint);
    }

    /// <summary>The method's state at the beginning of a run within bounds.</summary>
    private protected abstract Iteration Begin(Oracle oracle, Bounds bounds);

    private static void Check(Bounds bounds, int dimension)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        if (bounds.Dimension != dimension)
            throw new ShapeMismatchException(
                $"There are bounds on {bounds.Dimension} variables; the point has {dimension}. Give each variable its bounds, infinities where it has none.");
    }
}
