using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>ηₖ = η·γᵏ.</summary>
/// <param name="Factor">γ in (0, 1].</param>
public sealed record ExponentialDecay(double Factor) : ClosedFormSchedule
{
    /// <summary>γ in (0, 1].</summary>
    public double Factor { get; init => field = Require.UpToOne(value); } = Require.UpToOne(Factor, nameof(Factor));

    /// <inheritdoc/>
    public override double Rate(double rate, long step) => rate * Math.Pow(Factor, step);
}
