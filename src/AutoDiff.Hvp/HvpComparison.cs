namespace AutoDiff.Hvp;

/// <summary>
/// An exact Hessian-vector product held against finite differences of gradients over all steps that could serve, with a verdict that rests
/// on the differences' consistency with one another and never on their closeness to the product under test.
/// </summary>
/// <remarks>
/// Central differences are taken at a step in each of 51 octaves below 16/‖v‖∞ and below 16‖x‖∞/‖v‖∞ and extrapolated component by
/// component to h = 0 with an uncertainty U from the tableau's own disagreement; extrapolations are admitted from small steps to large as
/// long as their intervals meet, so that differences across many periods of f do not pass for a derivative. U knows how far the rounding of
/// the lambda's own operations may move the gradient: some runs in random rounding tell (the reference interpreter, in recordings of up to
/// two million slots; elsewhere f is searched for jumps between neighbouring points before a product is called wrong). With B =
/// <see cref="HvpComparisonOptions.Margin"/>·‖U‖ plus the product's rounding: <see cref="HvpVerdict.Agree"/> if ‖Hv − D‖ ≤ B and B is below
/// the tolerance, <see cref="HvpVerdict.Disagree"/> if ‖Hv − D‖ > 3B and B is below 5 % of the product, else inconclusive. Cost: about 100
/// to 200 gradients, runs in random rounding that take about as much again, and, where the lambda chooses, two runs of it at each step; up
/// to 16·max(1, ‖x‖∞) away from x, and half as many vectors of n numbers. Points at which f is not finite, or throws an exception of
/// arithmetic or argument, are left out; other exceptions of f are the caller's. Sources: C. J. F. Ridders, Advances in Engineering
/// Software 4, 1982 (extrapolation); Gill, Murray, Saunders and Wright, SIAM Journal on Scientific and Statistical Computing 4, 1983
/// (truncation against round-off); J. Vignes, Mathematics and Computers in Simulation 35, 1993 (random rounding); B. A. Pearlmutter, Neural
/// Computation 6, 1994 (the exact product).
/// </remarks>
public sealed class HvpComparison
{
    internal HvpComparison()
    {
    }

    /// <summary>The verdict.</summary>
    public required HvpVerdict Verdict { get; init; }

    /// <summary>The reason for the verdict, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What was noticed about the objective.</summary>
    public required HvpFindings Findings { get; init; }

    /// <summary>The product under test.</summary>
    public required IReadOnlyList<double> Exact { get; init; }

    /// <summary>The limit of the differences; NaN in components where none was found.</summary>
    public required IReadOnlyList<double> Approximate { get; init; }

    /// <summary>The uncertainty of each component of <see cref="Approximate"/>.</summary>
    public required IReadOnlyList<double> Uncertainty { get; init; }

    /// <summary>The V-curve, steps ascending.</summary>
    public required IReadOnlyList<HvpComparisonStep> Steps { get; init; }

    /// <summary>The step at which the plain central difference comes closest to <see cref="Exact"/>; NaN if there is none.</summary>
    public required double BestStep { get; init; }

    /// <summary>The relative error of the plain central difference at <see cref="BestStep"/>.</summary>
    public required double RelativeError { get; init; }

    /// <summary>‖Exact − Approximate‖, relative to the larger of the two.</summary>
    public required double RelativeDifference { get; init; }

    /// <summary>The bound B on the error of <see cref="Approximate"/>, relative to the larger product: faults below it cannot be seen by
    /// differences.</summary>
    public required double Floor { get; init; }

    /// <summary>|uᵀ(Hv) − vᵀ(Hu)| / (‖u‖‖Hv‖ + ‖v‖‖Hu‖) for one random u.</summary>
    public required double Symmetry { get; init; }

    /// <summary>
    /// The slope of log |f(x + hv) − f − h·gᵀv − ½h²·vᵀHv| over log h: 3 for a correct product (4 where the third derivative along v
    /// vanishes), 2 for a wrong one; NaN if the remainder is not seen above round-off.
    /// </summary>
    public required double TaylorSlope { get; init; }

    /// <summary>The time of one exact product. Informational.</summary>
    public required TimeSpan ExactTime { get; init; }

    /// <summary>The time of one central difference, the mean over the steps. Informational.</summary>
    public required TimeSpan DifferenceTime { get; init; }

    /// <summary>The kinks that f passes between x − h·v and x + h·v at <see cref="KinkStep"/>, found by running the lambda at
    /// both.</summary>
    public required IReadOnlyList<Kink> Kinks { get; init; }

    /// <summary>The smallest step at which f passes a kink; ∞ if none was found. Where the steps as a whole do not confirm the product, the
    /// verdict rests on those below.</summary>
    public required double KinkStep { get; init; }

    /// <summary>How many gradients the comparison took.</summary>
    public required int GradientEvaluations { get; init; }

    /// <summary>Compares f's exact Hv at x with finite differences.</summary>
    /// <exception cref="ShapeMismatchException">x and v differ in length.</exception>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public static HvpComparison Run(
        Objective f, ReadOnlySpan<double> x, ReadOnlySpan<double> v, HvpComparisonOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(f);
        double[] point = x.ToArray();
        return Run(f, point, v, direction => f.Hvp(point, direction), options, progress, cancellationToken);
    }

    /// <summary>The same for a product that comes from elsewhere.</summary>
    internal static HvpComparison Run(
        Objective f, ReadOnlySpan<double> x, ReadOnlySpan<double> v, Func<double[], double[]> exactProduct,
            HvpComparisonOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Run(f.Gradient, x, v, exactProduct, options, progress, cancellationToken, EscapedValue.Reason(f, x), f);

    /// <summary>The same for a gradient and a product that come from elsewhere.</summary>
    internal static HvpComparison Run(
        GradientFunction gradient, ReadOnlySpan<double> x, ReadOnlySpan<double> v, Func<double[], double[]> exactProduct,
            HvpComparisonOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default, string? escape = null, Objective? f = null)
    {
        if (v.Length != x.Length)
            throw new ShapeMismatchException($"v has {v.Length} elements, and x has {x.Length}: give both the same length.");
        return new ComparisonRun(gradient, x.ToArray(), v.ToArray(), exactProduct, options ?? new HvpComparisonOptions(), escape, f).Run(
            progress, cancellationToken);
    }

    /// <summary>The V-curve as a table with bars, the summary and the verdict.</summary>
    public override string ToString() => HvpComparisonTable.Print(this);
}
