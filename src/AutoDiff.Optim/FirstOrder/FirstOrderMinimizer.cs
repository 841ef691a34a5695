using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;

namespace AutoDiff.Optim;

/// <summary>What the methods that follow gradients by a learning rate have in common. They take a step whatever f does there: no line
/// search, one gradient an iteration.</summary>
/// <remarks>
/// <para>With too large a rate f grows until it is not finite (<see cref="OptimizationStatus.NonFiniteObjective"/>); the best point seen is
/// returned. Steps that are zero to the bit, ten in a row though the gradient is not, end a run with
/// <see cref="OptimizationStatus.Stalled"/>. <see cref="Optimizer.MaxIterations"/> is 100,000 here.</para>
/// <para>After a saddle was left the method begins anew there: velocity, moments, step number and schedule are forgotten.</para>
/// </remarks>
public abstract record FirstOrderMinimizer : Minimizer
{
    private protected FirstOrderMinimizer() => MaxIterations = 100_000;

    /// <summary>η, which a <see cref="Schedule"/> may vary from step to step.</summary>
    public double LearningRate { get; init => field = Require.Positive(value); } = 0.01;

    /// <summary>How the learning rate varies; null: it does not.</summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>The norm to which a longer gradient is shortened before it is used, g ← g·min(1, c/‖g‖₂); infinite (never) by
    /// default.</summary>
    /// <remarks>R. Pascanu, T. Mikolov, Y. Bengio, On the difficulty of training recurrent neural networks, 2013, algorithm 1. PyTorch's
    /// clip_grad_norm_ divides by ‖g‖ + 1e-6 instead.</remarks>
    public double MaxGradientNorm { get; init => field = Require.PositiveOrInfinite(value); } = double.PositiveInfinity;

    private protected override Iteration Begin(Oracle oracle) => new FirstOrderIteration(oracle, this, Rule(oracle.Dimension));

    /// <summary>The method's formula.</summary>
    private protected abstract UpdateRule Rule(int dimension);
}
