using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>A method that minimizes an <see cref="Objective"/>. Each is a record of options with one verb.</summary>
public abstract record Minimizer : Optimizer
{
    private protected Minimizer()
    {
    }

    /// <summary>Minimizes f from <paramref name="x0"/>, and says what kind of point was reached.</summary>
    /// <param name="f">The objective; read from the calling thread only.</param>
    /// <param name="x0">The start, which is copied.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellationToken">Looked at before each evaluation; a cancelled run returns its best point.</param>
    /// <returns>What was reached and how. Numerical failures, limits and cancellation are statuses of the
    /// result. What f throws at the start is thrown on; where it throws later it counts as infinite
    /// (<see cref="Optimizer.EndOnException"/>).</returns>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="x0"/> is empty.</exception>
    /// <exception cref="VariableException">f misuses variables: of an enclosing differentiation whose dependence would be lost (see
    /// <see cref="EscapedDependenceException"/>), of another thread, or of a recording that has ended.</exception>
    public OptimizationResult Minimize(
        Objective f, ReadOnlySpan<double> x0, IProgress<OptimizationProgress>? progress = null,
            CancellationToken cancellationToken = default)
    {
        using Oracle oracle = new(f, x0.Length, this, cancellationToken);
        return new Run(this, oracle, Begin(oracle), null, progress).FromStart(x0);
    }

    /// <summary>Goes on from a checkpoint of a run with the same method on the same objective, with the same bits as if it had not been
    /// interrupted. Limits may differ from the first run's; the time limit starts anew.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> or <paramref name="checkpoint"/> is null.</exception>
    /// <exception cref="ArgumentException">The checkpoint is another method's.</exception>
    /// <exception cref="InvalidDataException">It was taken within bounds, or with other options.</exception>
    public OptimizationResult Resume(
        Objective f, Checkpoint checkpoint, IProgress<OptimizationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        using Oracle oracle = new(f, checkpoint.Dimension, this, cancellationToken);
        return new Run(this, oracle, Begin(oracle), null, progress).FromCheckpoint(checkpoint);
    }

    /// <summary>The method's state at the beginning of a run.</summary>
    private protected abstract Iteration Begin(Oracle oracle);
}
