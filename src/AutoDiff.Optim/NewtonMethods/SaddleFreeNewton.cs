using AutoDiff.Optim.Engine;
using AutoDiff.Optim.NewtonMethods;
using AutoDiff.Optim.TrustRegions;

namespace AutoDiff.Optim;

/// <summary>
/// The saddle-free Newton method, s = −Σ (vᵀg)/max(|λ|, δ)·v with δ = 1e-15·‖H‖, in a trust region: it leaves saddles along the directions
/// in which f falls, faster the flatter they are (Y. N. Dauphin et al., Identifying and attacking the saddle point problem in
/// high-dimensional non-convex optimization, NIPS 2014, algorithm 1).
/// </summary>
/// <remarks>
/// <para>Where the gradient has no part along a falling direction (exactly on a ridge) this step has none either; the verdict finds that
/// out and leaves the saddle.</para>
/// <para>Deviations: the trust region of <see cref="TrustRegionNewton"/> bounds the step, by a μ added to |λ|, where the paper tries
/// dampings from a grid; beyond <see cref="DenseLimit"/> variables the Krylov space, with the previous step in it, grows until |H|s = −g is
/// solved to the forcing term.</para>
/// <para>Cost of an iteration: n products and O(n³) up to <see cref="DenseLimit"/> variables; beyond, at most <see cref="BasisLimit"/> + 1
/// products, and n·BasisLimit numbers of memory. f must be twice differentiable along the way.</para>
/// </remarks>
public sealed record SaddleFreeNewton : Minimizer
{
    /// <summary>Up to how many variables the Hessian is formed.</summary>
    public int DenseLimit { get; init => field = Require.NotNegative(value); } = 200;

    /// <summary>How many Lanczos vectors an iteration may take beyond <see cref="DenseLimit"/>.</summary>
    public int BasisLimit { get; init => field = Require.AtLeast(value, 1); } = 100;

    /// <summary>Δ₀, in units of x; null: max(1, ‖x₀‖).</summary>
    public double? InitialRadius { get; init => field = Require.Positive(value); }

    private protected override Iteration Begin(Oracle oracle) => new SaddleFreeIteration(oracle, this, new SaddleFreeModel(oracle, this));
}
