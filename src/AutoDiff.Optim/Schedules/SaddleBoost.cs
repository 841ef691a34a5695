using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Schedules;

namespace AutoDiff.Optim;

/// <summary>Near a saddle the rate is k times as high for m steps, then as before: where the gradient is small and a product with the
/// Hessian proves negative curvature.</summary>
/// <remarks>
/// The proof is vᵀHv &lt; 0 beyond rounding for a Lanczos vector v from a random start, so that a flat minimum does not raise the rate. A
/// look costs a gradient and up to <see cref="MaxProducts"/> products, which the counts of the minimization contain. The boost multiplies
/// what slope there is along v: where there is none (on the ridge exactly) it changes nothing, and only noise or the verdict's escape
/// helps.
/// </remarks>
public sealed record SaddleBoost : LearningRateSchedule
{
    /// <summary>k ≥ 1.</summary>
    public double Factor { get; init => field = Require.AtLeast(value, 1); } = 5;

    /// <summary>m ≥ 1.</summary>
    public int Steps { get; init => field = Require.AtLeast(value, 1); } = 10;

    /// <summary>Up to which norm a gradient is small.</summary>
    public double GradientThreshold { get; init => field = Require.Positive(value); } = 1e-2;

    /// <summary>How many steps lie between two looks at the curvature.</summary>
    public int Every { get; init => field = Require.AtLeast(value, 1); } = 20;

    /// <summary>How many products a look may take.</summary>
    public int MaxProducts { get; init => field = Require.AtLeast(value, 1); } = 20;

    internal override RateController Begin(RandomStreamSource streams) => new BoostController(this, streams.Next(), Of?.Begin(streams));
}
