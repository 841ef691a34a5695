using AutoDiff.Optim.Engine;
using AutoDiff.Optim.NewtonMethods;

namespace AutoDiff.Optim;

/// <summary>
/// Adaptive cubic regularization (ARC), matrix-free: each step minimizes f + gᵀs + ½sᵀHs + ⅓σ‖s‖³ over a Krylov space, and σ follows ρ, the
/// actual over the predicted decrease.
/// </summary>
/// <remarks>
/// <para>Accepted where ρ ≥ <see cref="AcceptRatio"/>, ρ against the cubic model. Then ρ ≥ 0.9: σ is divided by 10, unless its term is
/// below the rounding of the gradient; ρ ≥ ½: by 2; rejected: multiplied by what would have foretold f₊, between 2 and 10 (10 where f₊ is
/// not finite). Stored products, forcing terms, rounding and invariance are as in <see cref="TrustRegionNewton"/>.</para>
/// <para>An iteration costs one f, one gradient if accepted, and as many products as the model asks for; after a rejected step none.
/// Memory: <see cref="BasisLimit"/> vectors at most, allocated as they are needed.</para>
/// <para>Source: C. Cartis, N. I. M. Gould, P. L. Toint, Adaptive cubic regularisation methods for unconstrained optimization, part I,
/// 2011. Deviations: docs/decisions/0011-trust-region.md. One object may serve many threads.</para>
/// </remarks>
public sealed record CubicRegularization : Minimizer
{
    /// <summary>σ₀, in units of f/x³; null: ‖g₀‖/(0.3·max(1, ‖x₀‖))².</summary>
    public double? InitialSigma { get; init => field = Require.Positive(value); }

    /// <summary>The least ρ of a step that is taken.</summary>
    public double AcceptRatio { get; init => field = Require.BelowOne(value); } = 0.1;

    /// <summary>How many products, and vectors kept, one model may rest on; the step is then the best that they give.</summary>
    public int BasisLimit { get; init => field = Require.AtLeast(value, 1); } = 200;

    private protected override Iteration Begin(Oracle oracle) => new CubicIteration(oracle, this);
}
