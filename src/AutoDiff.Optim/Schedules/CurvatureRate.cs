using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Schedules;

namespace AutoDiff.Optim;

/// <summary>The rate that the Hessian's extreme eigenvalues call for, measured again at intervals by Lanczos on exact products: η =
/// c·2/λmax, or c·2/(λmax + λmin).</summary>
/// <remarks>
/// <para>These are gradient descent's: 2/λmax is where it stops being stable on a quadratic, 2/(λmax + λmin) where it is fastest (Nocedal
/// and Wright 2006, section 3.3). <see cref="HeavyBall"/> stands more, <see cref="Nesterov"/> with β = 0.9 only c &lt; 0.67, and Adam and
/// RMSProp, which scale each variable, are another matter.</para>
/// <para>λmax is the largest Ritz value and its error bound. Where it is not positive, the curvature sets no rate, and the last one stays
/// (at first the inner schedule's). A negative λmin counts as 0. Each measurement costs a gradient and up to <see cref="MaxProducts"/>
/// products, which the counts of the minimization contain; on mini-batches it is made for all data.</para>
/// </remarks>
public sealed record CurvatureRate : LearningRateSchedule
{
    /// <summary>After how many steps the curvature is measured again.</summary>
    public int Every { get; init => field = Require.AtLeast(value, 1); } = 50;

    /// <summary>c in (0, 1].</summary>
    public double Fraction { get; init => field = Require.UpToOne(value); } = 0.9;

    /// <summary>Whether the rate is c·2/(λmax + λmin), not c·2/λmax.</summary>
    public bool UseLowest { get; init; }

    /// <summary>How many products a measurement may take.</summary>
    public int MaxProducts { get; init => field = Require.AtLeast(value, 1); } = 30;

    /// <summary>The error of the eigenvalues, relative to the largest, at which a measurement ends.</summary>
    public double Accuracy { get; init => field = Require.Positive(value); } = 1e-2;

    internal override RateController Begin(RandomStreamSource streams) => new CurvatureController(this, streams.Next(), Of?.Begin(streams));
}
