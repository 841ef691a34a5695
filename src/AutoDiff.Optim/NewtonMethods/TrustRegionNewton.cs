using AutoDiff.Optim.Engine;
using AutoDiff.Optim.NewtonMethods;
using AutoDiff.Optim.TrustRegions;

namespace AutoDiff.Optim;

/// <summary>
/// Newton's method in a trust region, matrix-free: each step minimizes the model f + gᵀs + ½sᵀHs within ‖s‖ ≤ Δ by products Hv, and Δ
/// follows ρ, the actual over the predicted decrease. Also within bounds.
/// </summary>
/// <remarks>
/// <para>Accepted where ρ ≥ <see cref="AcceptRatio"/>. Then ρ &lt; ¼: Δ = ½‖s‖; ρ ≥ ¾: Δ = max(Δ, 2.5‖s‖); rejected: Δ = θ‖s‖ with
/// θ ∈ [1/16, ½] from the parabola through f, f₊ and gᵀs (1/16 where f₊ is not finite). Near the rounding of f the decrease is measured by
/// gradients. f need be finite only where steps are accepted, and twice continuously differentiable there for fast convergence.</para>
/// <para>The model is minimized to a residual of η‖g‖, η = min(0.1, (‖g‖/‖g₋‖)^1.618) (Eisenstat and Walker 1996, choice 2), on the
/// boundary 0.1‖g‖, and never below half of <see cref="Optimizer.GradientTolerance"/>. Multiplying f by a power of two leaves every iterate
/// as it is.</para>
/// <para>An iteration costs one f, one gradient if accepted, and as many products as the model asks for; after a rejected step none (within
/// bounds the model is minimized anew). Memory: <see cref="BasisLimit"/> vectors at most, allocated as they are needed.</para>
/// <para>Sources: A. R. Conn, N. I. M. Gould, P. L. Toint, Trust-Region Methods, 2000; J. Nocedal, S. J. Wright, Numerical Optimization,
/// chapter 4 and 7.2; bounds: C.-J. Lin, J. J. Moré 1999. Deviations and what was measured: docs/decisions/0011-trust-region.md. One object
/// may serve many threads.</para>
/// </remarks>
public sealed record TrustRegionNewton : BoundedMinimizer
{
    /// <summary>How the model is minimized. Within bounds it is always by GLTR on the free variables.</summary>
    public InnerSolver InnerSolver { get; init => field = Require.Defined(value); } = InnerSolver.Gltr;

    /// <summary>Δ₀, in units of x; null: 0.3·max(1, ‖x₀‖).</summary>
    public double? InitialRadius { get; init => field = Require.Positive(value); }

    /// <summary>The most that Δ may grow to. Infinite by default: a cap makes badly scaled problems crawl.</summary>
    public double MaxRadius { get; init => field = Require.PositiveOrInfinite(value); } = double.PositiveInfinity;

    /// <summary>The least ρ of a step that is taken.</summary>
    public double AcceptRatio { get; init => field = Require.BelowOne(value); } = 1e-4;

    /// <summary>How many products, and vectors kept, one model may rest on; the step is then the best that they give.</summary>
    public int BasisLimit { get; init => field = Require.AtLeast(value, 1); } = 200;

    /// <summary>For <see cref="InnerSolver.SteihaugToint"/>: gives at x the operator M⁻¹, symmetric positive definite and near to H⁻¹. The
    /// trust region is then ‖s‖_M ≤ Δ. Null: none. Not used within bounds.</summary>
    public Func<double[], ILinearOperator>? Preconditioner { get; init; }

    private protected override Iteration Begin(Oracle oracle)
    {
        if (Preconditioner is not null && InnerSolver != InnerSolver.SteihaugToint)
            throw new InvalidOperationException(
                $"A preconditioner goes with InnerSolver.SteihaugToint; the inner solver is {InnerSolver}. Set the one or drop the other.");
        Subproblem model = InnerSolver == InnerSolver.Gltr
            ? new Gltr(oracle.Dimension, BasisLimit)
            : new SteihaugToint(oracle.Dimension, BasisLimit, Preconditioner);
        return new TrustRegionIteration(oracle, this, model, null);
    }

    // Without a finite bound the run is the unconstrained one, bit by bit.
    private protected override Iteration Begin(Oracle oracle, Bounds bounds) => IsUnbounded(bounds)
        ? Begin(oracle)
        : new TrustRegionIteration(oracle, this, new ProjectedGltr(oracle.Dimension, BasisLimit, bounds), bounds);

    private static bool IsUnbounded(Bounds bounds) =>
        !bounds.Lower.ContainsAnyExcept(double.NegativeInfinity) && !bounds.Upper.ContainsAnyExcept(double.PositiveInfinity);
}
