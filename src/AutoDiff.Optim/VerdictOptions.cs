using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>How far the verdict on a point goes.</summary>
public sealed record VerdictOptions
{
    /// <summary>The defaults.</summary>
    public static VerdictOptions Default { get; } = new();

    /// <summary>How many Hessian-vector products the verdict may take, whatever it takes them for; a Taylor expansion of order k counts as
    /// (k+1)(k+2)/2. Null, the default: as many as the minimization took gradients and products, and at least what a small problem needs:
    /// up to <see cref="DenseLimit"/> variables max(2n + 50, 50,000/n), beyond it 100. <see cref="CriticalPoint.Classify"/>, which no
    /// minimization went before, takes up to 100n + 3,000, beyond the limit max(100, min(n, 10⁶/n)).</summary>
    public int? MaxProducts { get; init => field = value is { } products ? Require.AtLeast(products, 1) : null; }

    /// <summary>Up to how many variables the Hessian is formed and factorized, which proves what Lanczos only makes likely; n
    /// products.</summary>
    public int DenseLimit { get; init => field = Require.NotNegative(value); } = 200;

    /// <summary>δ: with which probability, over the random start, Lanczos may miss curvature below the bound that it reports.</summary>
    public double FailureProbability { get; init => field = Require.BetweenZeroAndOne(value); } = 1e-3;

    /// <summary>Motions that leave f as it is: the verdict is then one on the complement of their tangents, and what it proves it proves
    /// given the symmetry. Null: a run's <see cref="Optimizer.Symmetry"/>; if that is null too, common ones are looked for where the
    /// Hessian is singular (a verdict by them is <see cref="CriticalPointProof.Numerical"/> at most). <see cref="Symmetry.None"/>: none.
    /// Not used where bounds hold variables.</summary>
    public Symmetry? Symmetry { get; init; }

    /// <summary>Up to which ‖∇f‖ <see cref="CriticalPoint.Classify"/> takes a point for critical, in the units of f. Null, the default:
    /// 10⁻⁸ of the gradient that is usual around the point: the larger of the least norm at four random points at the distance max(1, ‖x‖),
    /// and of what curvature along the gradient makes of it over that distance. A minimization's verdict does not ask: the minimizer's own
    /// test has been met.</summary>
    public double? GradientTolerance { get; init => field = Require.NotNegative(value); }

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(VerdictOptions), PrintMembers);
}
