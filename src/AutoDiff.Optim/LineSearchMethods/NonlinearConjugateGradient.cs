using AutoDiff.Optim.Engine;
using AutoDiff.Optim.LineSearchMethods;

namespace AutoDiff.Optim;

/// <summary>
/// Nonlinear conjugate gradients, CG_DESCENT: d₊ = −g₊ + βd with β = (y − 2d‖y‖²/dᵀy)ᵀg₊/dᵀy, a direction of descent whatever the line
/// search, gᵀd ≤ −⅞‖g‖². For smooth f of very many variables; ten vectors of memory.
/// </summary>
/// <remarks>
/// <para>Source: W. W. Hager, H. Zhang, A new conjugate gradient method with guaranteed descent and an efficient line search, SIAM J.
/// Optim. 16 (2005) 170–192, with its line search (Wolfe or approximate Wolfe conditions; δ = 0.1, σ = 0.9, ε = 10⁻⁶, ρ = 5, γ = 2/3, θ =
/// 0.5) and its first trial by a quadratic through φ(0), φ′(0) and φ at a tenth of the last step.</para>
/// <para>Cost of an iteration: one f for that quadratic, one f and one ∇f for each trial of the line search, mostly one or two. A search
/// that fails is tried again by slopes, then along −∇f; when that fails too the status is LineSearchFailed, or ConvergedRoundOff if the
/// rounding of x explains the gradient. Fifty iterations without a new low of f or ‖∇f‖ end a run as Stalled.</para>
/// <para>Where this deviates: at the beginning the quadratic is taken with a tenth of ‖x₀‖ (1 if x₀ = 0) for the last step, and it may
/// lengthen a step tenfold at most. For iterates that do not change when f is multiplied by a power of two the bound of 2005 measures
/// gradients in the start's. Thread-safe: holds no state of a run.</para>
/// </remarks>
/// <example><code>OptimizationResult best = new NonlinearConjugateGradient().Minimize(f, x0);</code></example>
public sealed record NonlinearConjugateGradient : Minimizer
{
    /// <summary>How β is bounded from below; the bound of 2013 by default.</summary>
    public ConjugacyBound Bound
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Bound), value, $"Bound is {value}; it must be one of {string.Join(", ", Enum.GetNames<ConjugacyBound>())}.");
    } = ConjugacyBound.HagerZhang2013;

    private protected override Iteration Begin(Oracle oracle) => new ConjugateGradientIteration(oracle, this);
}
