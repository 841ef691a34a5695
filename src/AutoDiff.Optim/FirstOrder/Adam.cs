using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;

namespace AutoDiff.Optim;

/// <summary>Adam, elementwise: m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g², x ← x − η·m̂/(√ŝ + ε), where m̂ = m/(1 − β₁ᵗ) and ŝ = s/(1 − β₂ᵗ)
/// undo the bias of starting from zero.</summary>
/// <remarks>
/// Source: D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, 2015, algorithm 1.
/// <see cref="StochasticMinimizer.WeightDecay"/> is added to the gradient here and so is divided by √ŝ with it; <see cref="AdamW"/> keeps
/// it apart. Steps are about η long a variable whatever the gradient's size: on a function without lower bound f falls too slowly for that
/// to be told. One gradient an iteration, three vectors of memory.
/// </remarks>
public sealed record Adam : StochasticMinimizer
{
    /// <summary>The published constants, η = 0.001.</summary>
    public Adam() => LearningRate = 1e-3;

    /// <summary>β₁ in [0, 1), the decay of the mean.</summary>
    public double Beta1 { get; init => field = Require.BelowOne(value); } = 0.9;

    /// <summary>β₂ in [0, 1), the decay of the mean square.</summary>
    public double Beta2 { get; init => field = Require.BelowOne(value); } = 0.999;

    /// <summary>ε ≥ 0, in the gradient's units. At 0 a variable whose gradients were all zero does not move.</summary>
    public double Epsilon { get; init => field = Require.NotNegative(value); } = 1e-8;

    private protected override UpdateRule Rule(int dimension) => new AdamRule(dimension, Beta1, Beta2, Epsilon, decay: 0);
}
