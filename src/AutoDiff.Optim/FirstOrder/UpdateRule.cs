using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim.FirstOrder;

/// <summary>The formula of a first-order method: how it turns gradients into steps, and what it remembers of them.</summary>
internal abstract class UpdateRule
{
    /// <summary>Moves x by a step with gradient g, which it leaves as it is, and learning rate η.</summary>
    public abstract void Step(ReadOnlySpan<double> g, double eta, Span<double> x);

    /// <summary>Forgets all.</summary>
    public virtual void Reset()
    {
    }

    public virtual void Store(StateWriter state)
    {
    }

    public virtual void Restore(StateReader state)
    {
    }
}
