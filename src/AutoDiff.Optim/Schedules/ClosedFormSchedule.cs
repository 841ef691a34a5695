using AutoDiff.Optim.Schedules;

namespace AutoDiff.Optim;

/// <summary>A schedule that is a formula of the step number alone. Derive from it for a formula of your own.</summary>
public abstract record ClosedFormSchedule : LearningRateSchedule
{
    /// <summary>The rate of step <paramref name="step"/> (from 0), where the inner schedule gives <paramref name="rate"/>: zero or more,
    /// and finite.</summary>
    public abstract double Rate(double rate, long step);

    /// <summary>Which step the inner schedule is asked for at step <paramref name="step"/>: the same, unless this one puts it
    /// off.</summary>
    public virtual long InnerStep(long step) => step;

    internal sealed override RateController Begin(RandomStreamSource streams) => new ClosedFormController(this, Of?.Begin(streams));
}
