using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>
/// ηₖ = η·(a + (1 − a)(k + 1)/T) for k &lt; T: the rate rises linearly to that of the inner schedule, which begins when it is reached.
/// Until then the inner schedule stands at its first step.
/// </summary>
/// <remarks>Source: P. Goyal et al., Accurate, large minibatch SGD, 2017, section 2.2; counted so that no step has rate 0.</remarks>
/// <param name="Steps">T ≥ 1.</param>
public sealed record WarmUp(int Steps) : ClosedFormSchedule
{
    /// <summary>T ≥ 1.</summary>
    public int Steps { get; init => field = Require.AtLeast(value, 1); } = Require.AtLeast(Steps, 1, nameof(Steps));

    /// <summary>a in [0, 1], the part of the rate to rise from.</summary>
    public double From { get; init => field = Require.FromZeroToOne(value); }

    /// <inheritdoc/>
    public override double Rate(double rate, long step) => step >= Steps ? rate : rate * (From + (1 - From) * (step + 1) / Steps);

    /// <inheritdoc/>
    public override long InnerStep(long step) => Math.Max(0, step - Steps);
}
