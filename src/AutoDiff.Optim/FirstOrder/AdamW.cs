using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;

namespace AutoDiff.Optim;

/// <summary>Adam with decoupled weight decay: x ← (1 − ηλ)x − η·m̂/(√ŝ + ε), m̂ and ŝ as in <see cref="Adam"/>, of the gradient
/// alone.</summary>
/// <remarks>Source: I. Loshchilov, F. Hutter, Decoupled weight decay regularization, 2019, algorithm 2, with the decay multiplied by the
/// learning rate as in PyTorch. λ (<see cref="StochasticMinimizer.WeightDecay"/>) is 0.01 here. One gradient an iteration, three vectors of
/// memory.</remarks>
public sealed record AdamW : StochasticMinimizer
{
    /// <summary>The published constants, η = 0.001, λ = 0.01.</summary>
    public AdamW() => (LearningRate, WeightDecay) = (1e-3, 1e-2);

    /// <summary>β₁ in [0, 1), the decay of the mean.</summary>
    public double Beta1 { get; init => field = Require.BelowOne(value); } = 0.9;

    /// <summary>β₂ in [0, 1), the decay of the mean square.</summary>
    public double Beta2 { get; init => field = Require.BelowOne(value); } = 0.999;

    /// <summary>ε ≥ 0, in the gradient's units. At 0 a variable whose gradients were all zero does not move.</summary>
    public double Epsilon { get; init => field = Require.NotNegative(value); } = 1e-8;

    private protected override bool DecouplesDecay => true;

    private protected override UpdateRule Rule(int dimension) => new AdamRule(dimension, Beta1, Beta2, Epsilon, WeightDecay);
}
