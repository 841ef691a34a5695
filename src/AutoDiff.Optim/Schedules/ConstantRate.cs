using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>The inner rate times a factor, at every step.</summary>
/// <param name="Factor">The factor, positive.</param>
public sealed record ConstantRate(double Factor = 1) : ClosedFormSchedule
{
    /// <summary>The factor, positive.</summary>
    public double Factor { get; init => field = Require.Positive(value); } = Require.Positive(Factor, nameof(Factor));

    /// <inheritdoc/>
    public override double Rate(double rate, long step) => Factor * rate;
}
