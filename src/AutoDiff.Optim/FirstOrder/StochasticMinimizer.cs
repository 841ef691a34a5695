using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;

namespace AutoDiff.Optim;

/// <summary>A first-order method that also works on mini-batches of a <see cref="DataObjective"/>, as in training.</summary>
public abstract record StochasticMinimizer : FirstOrderMinimizer
{
    private protected StochasticMinimizer()
    {
    }

    /// <summary>From which rows each step takes its gradient; null: from all. The objective must be a
    /// <see cref="DataObjective"/>.</summary>
    public MiniBatches? Batches { get; init; }

    /// <summary>λ ≥ 0. The step is taken on ∇f(x) + λx, the gradient of f + ½λ‖x‖² (PyTorch's <c>weight_decay</c>); in <see cref="AdamW"/>
    /// alone it shrinks x apart from the gradient instead.</summary>
    /// <remarks>It steers the path only: value, gradient test, best point and verdict are those of f. To minimize f + ½λ‖x‖², add the term
    /// to the objective.</remarks>
    public double WeightDecay { get; init => field = Require.NotNegative(value); }

    /// <summary>Whether <see cref="WeightDecay"/> is left to the rule, apart from the gradient.</summary>
    private protected virtual bool DecouplesDecay => false;

    private protected override Iteration Begin(Oracle oracle)
    {
        BatchOrder? order = null;
        if (Batches is { } batches)
        {
            DataObjective data = oracle.Objective as DataObjective ?? throw new ArgumentException(
                $"Mini-batches are parts of a DataObjective and this objective is a {oracle.Objective.GetType().Name}: make it by Objective.Mean or Objective.Sum, or leave Batches null.", "f");
            order = new BatchOrder(data, batches, Seed);
        }
        return new FirstOrderIteration(oracle, this, Rule(oracle.Dimension), DecouplesDecay ? 0 : WeightDecay, order);
    }
}
