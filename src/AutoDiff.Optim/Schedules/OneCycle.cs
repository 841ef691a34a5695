using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>Up by half a cosine from η/25 to η, then down by another to η/250,000; afterwards the rate stays there. The inner rate is the
/// highest.</summary>
/// <remarks>Source: L. N. Smith, N. Topin, Super-convergence, 2019, with cosines in place of lines and with the constants of PyTorch's
/// OneCycleLR, whose rates these are; the momentum is left as it is.</remarks>
/// <param name="Steps">The steps of the whole cycle, at least 3.</param>
public sealed record OneCycle(int Steps) : ClosedFormSchedule
{
    /// <summary>The steps of the whole cycle, at least 3.</summary>
    public int Steps { get; init => field = Require.AtLeast(value, 3); } = Require.AtLeast(Steps, 3, nameof(Steps));

    /// <summary>The part of the steps in which the rate rises.</summary>
    public double RisingPart { get; init => field = Require.BetweenZeroAndOne(value); } = 0.3;

    /// <summary>What η is divided by at the start.</summary>
    public double StartDivisor { get; init => field = Require.AtLeast(value, 1); } = 25;

    /// <summary>What the rate at the start is divided by at the end.</summary>
    public double FinalDivisor { get; init => field = Require.AtLeast(value, 1); } = 1e4;

    /// <inheritdoc/>
    public override double Rate(double rate, long step)
    {
        double first = rate / StartDivisor, last = first / FinalDivisor, peak = Math.Clamp(RisingPart * Steps - 1, 0, Steps - 2);
        return step <= peak
            ? peak == 0 ? rate : Between(first, rate, step / peak)
            : Between(rate, last, Math.Min(1, (step - peak) / (Steps - 1 - peak)));
    }

    private static double Between(double from, double to, double part) => to + (from - to) * 0.5 * (1 + Math.Cos(Math.PI * part));
}
