using AutoDiff.Optim.Schedules;

namespace AutoDiff.Optim;

/// <summary>How a first-order method's learning rate varies from step to step. Immutable; a schedule may serve many runs.</summary>
/// <remarks>
/// Schedules compose through <see cref="Of"/>: each changes the rate that the one inside it gives, the innermost the method's
/// <see cref="FirstOrderMinimizer.LearningRate"/>; <c>new WarmUp(500) { Of = new CosineAnnealing(10_000) }</c>. Steps count from 0, one a
/// gradient, and anew after a saddle was left. What a schedule learns of f is part of a run's checkpoint. Own formulas derive from
/// <see cref="ClosedFormSchedule"/>.
/// </remarks>
public abstract record LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>The schedule whose rate this one changes; null: the method's constant learning rate.</summary>
    public LearningRateSchedule? Of { get; init; }

    /// <summary>The schedule at the beginning of a run.</summary>
    internal abstract RateController Begin(RandomStreamSource streams);

    /// <summary>The members as text, in the invariant culture.</summary>
    public sealed override string ToString() => Invariantly.Print(GetType().Name, PrintMembers);
}
