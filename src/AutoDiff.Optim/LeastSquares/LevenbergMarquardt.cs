using AutoDiff.Optim.Engine;
using AutoDiff.Optim.LeastSquares;

namespace AutoDiff.Optim;

/// <summary>
/// Levenberg–Marquardt for nonlinear least squares, f(x) = ½‖r(x)‖², on exact Jacobians. Each step solves (JᵀJ + D/R)·s = −Jᵀr as the
/// linear least-squares problem that it is, never by forming JᵀJ.
/// </summary>
/// <remarks>
/// <para>Note the ½: <see cref="OptimizationResult.Value"/> is half the sum of squares. <see cref="FitStatistics"/> turns a result into
/// what regression reports. In <see cref="Counts"/>, Values are evaluations of r, Gradients are Jacobians; without matrices there are
/// products Jv and Jᵀu instead.</para>
/// <para>It has converged when the columns of J can explain no more than <see cref="OffsetTolerance"/> of ‖r‖ (the relative offset of D. M.
/// Bates, D. G. Watts, Technometrics 23, 1981, without its degrees of freedom), which depends neither on the units of the residuals nor
/// on those of the variables; the status is <see cref="OptimizationStatus.ConvergedGradient"/>. The test on ‖∇f‖ in the problem's units
/// is off (<see cref="Optimizer.GradientTolerance"/> = 0) unless asked for. Where residuals vanish at the solution the offset does not
/// fall; there the run goes on until rounding lets no step be found, <see cref="OptimizationStatus.ConvergedRoundOff"/>: also given where
/// ‖D^−½∇f‖ ≤ 1e-6·‖r‖ then. The verdict is on the full Hessian of ½‖r‖², second derivatives of r included.</para>
/// <para>Sources: K. Levenberg 1944; D. W. Marquardt 1963; J. J. Moré 1978 (elimination of the damping from R). The radius as in K. Madsen,
/// H. B. Nielsen, O. Tingleff 2004: R ← R/max(⅓, 1 − (2ρ − 1)³) after a step, R ← R/ν, ν ← 2ν after a failure. Our own: √D_j is the largest
/// of ‖J_j‖, half of what it was a step before (so that D forgets a far start's enormous columns, which Moré's does not), and
/// ‖r‖/max|x_j| over the iterates, unless x_j began at 0: that keeps a variable on which nothing depends yet from being thrown beyond all
/// bounds; R grows by 100 where f is predicted to a thousandth (linear residuals with dependent columns); and where the damped step
/// promises less than the rounding of x makes of f, ‖r‖·u‖|J||x|‖, the undamped one is tried. No absolute constant takes part: neither
/// units nor f → 2ᵏf change the iterates. Where rounding drowns a decrease, gradients decide; it is at the end where a step changes J·s by
/// no more than the rounding of x does.</para>
/// <para>Immutable; safe to share between threads. Each iteration costs an evaluation of r for each radius tried and a Jacobian for each
/// step taken.</para>
/// </remarks>
public sealed record LevenbergMarquardt : Optimizer
{
    /// <summary>The defaults, which differ from other methods' in <see cref="Optimizer.GradientTolerance"/> = 0.</summary>
    public LevenbergMarquardt() => GradientTolerance = 0;

    /// <summary>The share of ‖r‖ that the columns of J may still explain at convergence. 1e-11 means: no parameter is farther from its best
    /// value than about 1e-11·√m of its standard error. With LSMR, where the share itself is not to be had, ‖Aᵀr‖/(‖A‖‖r‖).</summary>
    public double OffsetTolerance { get; init => field = Require.NotNegative(value); } = 1e-11;

    /// <summary>R at the start, without units. Infinity: undamped Gauss–Newton steps until one fails.</summary>
    public double InitialRadius { get; init => field = Require.PositiveOrInfinite(value); } = 1e4;

    /// <summary>Whether steps are bent by the second derivative of r along them: v + ½a, (JᵀJ + D/R)·a = −Jᵀr″[v, v], with the exact r″,
    /// and refused where 2‖½a‖ > ¾‖v‖ (M. K. Transtrum, J. P. Sethna 2012). It helps in long, narrow, curved valleys: without it two of
    /// NIST's 54 regressions fail. Each radius tried costs two products Jv more, and without a matrix a second run of LSMR.</summary>
    public bool GeodesicAcceleration { get; init; } = true;

    /// <summary>Dense or matrix-free.</summary>
    public LeastSquaresSolver Solver { get; init => field = Require.Defined(value); }

    /// <summary>Up to how many elements a Jacobian is a matrix, if <see cref="Solver"/> is <see cref="LeastSquaresSolver.Auto"/>.</summary>
    public long DenseLimit { get; init => field = Require.NotNegative(value); } = 1_000_000;

    /// <summary>η: LSMR stops when the normal equations' residual has fallen to this share of what it was.</summary>
    public double Forcing { get; init => field = Require.BetweenZeroAndOne(value); } = 0.1;

    /// <summary>Minimizes ½‖r(x)‖² from <paramref name="x0"/>, and says what kind of point was reached.</summary>
    /// <param name="residuals">r; read from the calling thread only.</param>
    /// <param name="x0">The start, which is copied.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellationToken">Looked at before each evaluation; a cancelled run returns its best point.</param>
    /// <returns>What was reached and how. Numerical failures, limits and cancellation are statuses of the
    /// result. What r throws at the start is thrown on; where it throws later it counts as infinite
    /// (<see cref="Optimizer.EndOnException"/>).</returns>
    /// <exception cref="ArgumentNullException"><paramref name="residuals"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="x0"/> is empty.</exception>
    public OptimizationResult Minimize(
        VectorFunction residuals, ReadOnlySpan<double> x0, IProgress<OptimizationProgress>? progress = null,
            CancellationToken cancellationToken = default)
    {
        using Oracle oracle = new(ResidualOracle.HalfSquaredNorm(residuals), x0.Length, this, cancellationToken);
        return Begin(oracle, residuals, progress).FromStart(x0);
    }

    /// <summary>Goes on from a checkpoint of a run with the same options on the same residuals, with the same bits as if it had not been
    /// interrupted. Limits may differ from the first run's; the time limit starts anew. What the checkpoint leaves out, the Jacobian at
    /// its point, is computed again, uncounted.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="residuals"/> or the checkpoint is null.</exception>
    /// <exception cref="ArgumentException">The checkpoint is another method's.</exception>
    public OptimizationResult Resume(
        VectorFunction residuals, Checkpoint checkpoint, IProgress<OptimizationProgress>? progress = null,
            CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        using Oracle oracle = new(ResidualOracle.HalfSquaredNorm(residuals), checkpoint.Dimension, this, cancellationToken);
        return Begin(oracle, residuals, progress).FromCheckpoint(checkpoint);
    }

    private Run Begin(Oracle oracle, VectorFunction residuals, IProgress<OptimizationProgress>? progress) =>
        new(this, oracle, new LevenbergMarquardtIteration(this, new ResidualOracle(oracle, residuals)), null, progress);
}
