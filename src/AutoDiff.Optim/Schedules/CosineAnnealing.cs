using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>ηₖ = η_min + ½(η − η_min)(1 + cos(πk/T)): half a cosine from η down to η_min in T steps, then η_min for good, or again from η
/// with <see cref="Restarts"/>.</summary>
/// <remarks>Source: I. Loshchilov, F. Hutter, SGDR: stochastic gradient descent with warm restarts, 2017, equation 5. With η_min = 0 and
/// without restarts the iterates stand still after T steps, and the run ends as <see cref="OptimizationStatus.Stalled"/>.</remarks>
/// <param name="Period">T ≥ 1, the steps of the first descent.</param>
public sealed record CosineAnnealing(int Period) : ClosedFormSchedule
{
    /// <summary>T ≥ 1, the steps of the first descent.</summary>
    public int Period { get; init => field = Require.AtLeast(value, 1); } = Require.AtLeast(Period, 1, nameof(Period));

    /// <summary>η_min ≥ 0, a rate; where the inner rate is lower, that one.</summary>
    public double Lowest { get; init => field = Require.NotNegative(value); }

    /// <summary>Whether the rate jumps back to η at the end of a period, and a new one begins.</summary>
    public bool Restarts { get; init; }

    /// <summary>By what each period is longer than the one before; a whole number from 1 on.</summary>
    public int PeriodFactor { get; init => field = Require.AtLeast(value, 1); } = 1;

    /// <inheritdoc/>
    public override double Rate(double rate, long step)
    {
        (long k, long period) = Restarts ? WithinPeriod(step) : (Math.Min(step, Period), Period);
        double lowest = Math.Min(Lowest, rate);
        return lowest + (rate - lowest) * 0.5 * (1 + Math.Cos(Math.PI * k / period));
    }

    private (long Step, long Period) WithinPeriod(long step)
    {
        long period = Period;
        if (PeriodFactor == 1)
            return (step % period, period);
        while (step >= period)
        {
            step -= period;
            period *= PeriodFactor;
        }
        return (step, period);
    }
}
