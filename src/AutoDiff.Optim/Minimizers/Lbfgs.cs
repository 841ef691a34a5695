using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Minimizers;

namespace AutoDiff.Optim;

/// <summary>
/// L-BFGS, and within bounds L-BFGS-B: quasi-Newton steps from the last <see cref="Memory"/> pairs of steps and changes of the gradient,
/// with the line search of Moré and Thuente. For smooth f of many variables.
/// </summary>
/// <remarks>
/// <para>Sources: D. C. Liu, J. Nocedal, On the limited memory BFGS method for large scale optimization, Math. Programming 45 (1989)
/// 503–528; R. H. Byrd, P. Lu, J. Nocedal, C. Zhu, A limited memory algorithm for bound constrained optimization, SIAM J. Sci. Comput. 16
/// (1995) 1190–1208, with the projected subspace step of J. L. Morales, J. Nocedal, ACM Trans. Math. Software 38 (2011) 7; J. J. Moré, D.
/// J. Thuente, ACM Trans. Math. Software 20 (1994) 286–307.</para>
/// <para>Cost of an iteration: one f and one ∇f for each trial of the line search, mostly one; 4mn multiplications, within bounds 12mn and
/// 2m² for each variable at its bound (or, if fewer, for each that is not), and O(m²) for each bound that the Cauchy path meets; 2mn
/// numbers of memory.</para>
/// <para>The line search asks for φ(α) ≤ φ(0) + 10⁻⁴αφ′(0) and |φ′(α)| ≤ 0.9|φ′(0)|. Where φ differs from φ(0) by 10⁻¹²|φ(0)| at most, it
/// judges by slopes (the approximate Wolfe conditions of Hager and Zhang). A search that fails is tried again with 10⁻⁶ in place of 10⁻¹²,
/// then along −∇f with the memory dropped; when that fails too the status is LineSearchFailed, or ConvergedRoundOff if the rounding of x
/// explains the gradient. Fifty iterations without a new low of f or ‖∇f‖ end a run as Stalled.</para>
/// <para>Where this deviates, for iterates that do not change when f is multiplied by a power of two: the first step tried is as long as a
/// tenth of ‖x₀‖ (1 if x₀ = 0) in place of min(1, ‖∇f‖); after the memory was dropped, as long as the last step; a pair is left out when
/// sᵀy ≤ u‖s‖‖y‖. Within bounds the oldest pairs are dropped while rounding spoils the factorizations or makes the direction one of ascent.
/// Thread-safe: holds no state of a run.</para>
/// </remarks>
/// <example><code>
/// OptimizationResult best = new Lbfgs { Memory = 20 }.Minimize(f, x0);
/// OptimizationResult inBox = new Lbfgs().Minimize(f, x0, Bounds.Box(n, 0, 1));
/// </code></example>
public sealed record Lbfgs : Minimizer
{
    // In lengths of the step first tried.
    internal const double LongestStep = 65536;

    /// <summary>m: how many pairs are kept, at least 1.</summary>
    public int Memory { get; init => field = Require.AtLeast(value, 1); } = 10;

    /// <summary>Minimizes f over l ≤ x ≤ u. The start is projected onto the bounds, and f is never evaluated outside them. What is tested
    /// against the tolerance is ‖P(x − ∇f) − x‖₂.</summary>
    /// <param name="f">The objective; read from the calling thread only.</param>
    /// <param name="x0">The start, which is copied.</param>
    /// <param name="bounds">The bounds; equal ones fix a variable.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellationToken">Looked at before each evaluation; a cancelled run returns its best point.</param>
    /// <returns>What was reached and how. Numerical failures, limits, cancellation and exceptions of f are statuses of the
    /// result.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="f"/> or <paramref name="bounds"/> is null.</exception>
    /// <exception cref="ShapeMismatchException">There are not as many bounds as variables.</exception>
    public OptimizationResult Minimize(
        Objective f, ReadOnlySpan<double> x0, Bounds bounds, IProgress<OptimizationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Check(bounds, x0.Length);
        using Oracle oracle = new(f, x0.Length, this, cancellationToken);
        return new Run(this, oracle, new BoundedLbfgsIteration(oracle, this, bounds), bounds, progress).FromStart(x0);
    }

    /// <summary>Goes on from a checkpoint of a run within the same bounds on the same objective, with the same bits as if it had not been
    /// interrupted.</summary>
    /// <exception cref="ArgumentException">The checkpoint is another method's.</exception>
    /// <exception cref="InvalidDataException">It was taken within other bounds.</exception>
    /// <exception cref="ShapeMismatchException">There are not as many bounds as variables.</exception>
    public OptimizationResult Resume(
        Objective f, Checkpoint checkpoint, Bounds bounds, IProgress<OptimizationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        Check(bounds, checkpoint.Dimension);
        using Oracle oracle = new(f, checkpoint.Dimension, this, cancellationToken);
        return new Run(this, oracle, new BoundedLbfgsIteration(oracle, this, bounds), bounds, progress).FromCheckpoint(checkpoint);
    }

    private protected override Iteration Begin(Oracle oracle) => new LbfgsIteration(oracle, this);

    private static void Check(Bounds bounds, int dimension)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        if (bounds.Dimension != dimension)
            throw new ShapeMismatchException($"There are bounds on {bounds.Dimension} variables; f has {dimension}. Give each variable its bounds, infinities where it has none.");
    }
}
