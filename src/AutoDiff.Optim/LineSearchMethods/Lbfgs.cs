using AutoDiff.Optim.Engine;
using AutoDiff.Optim.LineSearchMethods;

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
public sealed record Lbfgs : BoundedMinimizer
{
    // In lengths of the step first tried.
    internal const double LongestStep = 65536;

    /// <summary>m: how many pairs are kept, at least 1.</summary>
    public int Memory { get; init => field = Require.AtLeast(value, 1); } = 10;

    private protected override Iteration Begin(Oracle oracle) => new LbfgsIteration(oracle, this);

    private protected override Iteration Begin(Oracle oracle, Bounds bounds) => new BoundedLbfgsIteration(oracle, this, bounds);
}
