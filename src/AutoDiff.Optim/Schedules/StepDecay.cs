using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>ηₖ = η·γ^⌊k/T⌋: the rate falls by a factor every T steps.</summary>
/// <param name="Every">T ≥ 1.</param>
/// <param name="Factor">γ in (0, 1].</param>
public sealed record StepDecay(int Every, double Factor = 0.1) : ClosedFormSchedule
{
    /// <summary>T ≥ 1.</summary>
    public int Every { get; init => field = Require.AtLeast(value, 1); } = Require.AtLeast(Every, 1, nameof(Every));

    /// <summary>γ in (0, 1].</summary>
    public double Factor { get; init => field = Require.UpToOne(value); } = Require.UpToOne(Factor, nameof(Factor));

    /// <inheritdoc/>
    public override double Rate(double rate, long step) => rate * Math.Pow(Factor, step / Every);
}
