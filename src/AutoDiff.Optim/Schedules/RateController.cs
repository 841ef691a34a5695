using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;

namespace AutoDiff.Optim.Schedules;

/// <summary>A schedule at work, with what it remembers; it contains that of the schedule inside it.</summary>
internal abstract class RateController(RateController? inner)
{
    /// <summary>The rate of a step from the point where <paramref name="at"/> stands.</summary>
    public abstract double Rate(long step, double learningRate, FirstOrderIteration at);

    /// <summary>Begins anew at another point; random streams go on.</summary>
    public virtual void Reset() => inner?.Reset();

    public virtual void Store(StateWriter state) => inner?.Store(state);

    public virtual void Restore(StateReader state) => inner?.Restore(state);

    protected double Inner(long step, double learningRate, FirstOrderIteration at) => inner?.Rate(step, learningRate, at) ?? learningRate;
}
