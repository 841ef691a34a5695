using AutoDiff.Optim.Engine;
using AutoDiff.Optim.NewtonMethods;

namespace AutoDiff.Optim;

/// <summary>
/// Newton's method, s = −H⁻¹g: it converges quadratically to the nearest critical point, of whatever kind. Full steps are taken as long as
/// they decrease f enough, or do not raise it and halve the least gradient seen; otherwise the step is modified, s = −Σ (vᵀg)/max(|λ|, δ)·v
/// with δ = 1e-15·‖H‖ (where H = 0: s = −max(1, ‖x‖)·g/‖g‖), and searched along (J. Nocedal, S. J. Wright, Numerical Optimization, 2nd ed.
/// 2006, sections 3.3 and 3.4).
/// </summary>
/// <remarks>
/// <para>Left to itself it stays at saddles; the verdict finds that out and leaves them. To go downhill from the start take
/// <see cref="TrustRegionNewton"/>.</para>
/// <para>A step longer than half of x is looked at: where f is invariant under motions (scale, shifts, turns; four gradients tell, of
/// functions whose gradient at x leaves it open) the step is taken across them from then on. A modified step that only δ sets the length of
/// is doubled while f goes on falling by half of its slope.</para>
/// <para>Cost of an iteration: n products and O(n³) up to <see cref="DenseLimit"/> variables; beyond, at most <see cref="BasisLimit"/>
/// products, and n·BasisLimit numbers of memory. f must be twice differentiable along the way.</para>
/// </remarks>
public sealed record Newton : Minimizer
{
    /// <summary>Up to how many variables the Hessian is formed.</summary>
    public int DenseLimit { get; init => field = Require.NotNegative(value); } = 200;

    /// <summary>How many Lanczos vectors an iteration may take beyond <see cref="DenseLimit"/>.</summary>
    public int BasisLimit { get; init => field = Require.AtLeast(value, 1); } = 100;

    private protected override Iteration Begin(Oracle oracle) => new NewtonIteration(oracle, this);
}
