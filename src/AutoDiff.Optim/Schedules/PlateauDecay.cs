using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Schedules;

namespace AutoDiff.Optim;

/// <summary>The rate falls by a factor when f, where it is known, has not become lower for some time.</summary>
/// <remarks>As PyTorch's ReduceLROnPlateau. f counts as lower below best − t·|best| (PyTorch: best·(1 − t), which for a negative best asks
/// for nothing). On mini-batches f is known, and time counted, once per full evaluation; otherwise at every step. Steps of a low rate may
/// all fall short of t, and the rate falls on and on: <see cref="Lowest"/> stops that.</remarks>
public sealed record PlateauDecay : LearningRateSchedule
{
    /// <summary>The factor in (0, 1].</summary>
    public double Factor { get; init => field = Require.UpToOne(value); } = 0.1;

    /// <summary>How many values in a row may fail to be lower.</summary>
    public int Patience { get; init => field = Require.NotNegative(value); } = 10;

    /// <summary>t ≥ 0.</summary>
    public double Threshold { get; init => field = Require.NotNegative(value); } = 1e-4;

    /// <summary>For how many values after a fall of the rate none is counted.</summary>
    public int Cooldown { get; init => field = Require.NotNegative(value); }

    /// <summary>The lowest rate; where the inner rate is lower, that one.</summary>
    public double Lowest { get; init => field = Require.NotNegative(value); }

    internal override RateController Begin(RandomStreamSource streams) => new PlateauController(this, Of?.Begin(streams));
}
