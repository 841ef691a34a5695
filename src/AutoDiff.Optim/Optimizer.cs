using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim;

/// <summary>The options that all methods share: tolerances, limits, the verdict, checkpoints. Immutable; change one with
/// <c>with</c>.</summary>
/// <remarks>A method holds no state of a run: one may be used for many runs, from many threads. Callbacks are called on the thread that
/// runs it; what they throw ends the run and passes through. An option outside of its range throws an
/// <see cref="ArgumentOutOfRangeException"/>.</remarks>
public abstract record Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>atol of the gradient test ‖∇f‖₂ ≤ atol + rtol·‖∇f(x₀)‖₂ (with bounds of ‖P(x − ∇f) − x‖₂), in the units of f. Null, the
    /// default: atol = 10⁻⁸·κ·ℓ, which knows no units of f.</summary>
    /// <remarks>κ is the least curvature that the last five steps s met, ‖y‖/‖s‖ with the change y of the gradient, and no more
    /// than steps longer than 10⁻²·ℓ have met (short ones over a kink would meet any); ℓ is the farthest that the run has
    /// been from its start, at most 1 and at least 10⁻⁶·‖x‖. So ‖∇f‖/κ, about the distance to the critical point, is at most 10⁻⁸ where ‖x‖
    /// ≤ 10⁶. f and 2ᵏf are tested alike. Nothing of the start's gradient enters: measured against a huge one, a point far from any minimum
    /// looks converged. Before the first step only a gradient of zero passes. With bounds the default test is on the gradient of the
    /// variables that no bound holds, each in full, however near its bound: at √x beside 0 ‖P(x − ∇f) − x‖ is x itself. Where the test is
    /// passed, up to 20 products, which are not counted, show whether Newton's step is no longer than 10⁻⁶·ℓ; if it is, the gradient has to
    /// fall to a tenth first.</remarks>
    public double? GradientTolerance { get; init => field = Require.NotNegative(value); }

    /// <summary>The relative part of the gradient test. Zero by default: measured against a huge gradient at the start, a point far from
    /// any minimum looks converged.</summary>
    public double RelativeGradientTolerance { get; init => field = Require.NotNegative(value); }

    /// <summary>Ends the run when a step is taken with ‖s‖ ≤ StepTolerance·‖x‖. Zero (never) by default.</summary>
    public double StepTolerance { get; init => field = Require.NotNegative(value); }

    /// <summary>Ends the run when a step decreases f by no more than DecreaseTolerance·|f|. Zero (never) by default.</summary>
    public double DecreaseTolerance { get; init => field = Require.NotNegative(value); }

    /// <summary>How many iterations a run may take.</summary>
    public int MaxIterations { get; init => field = Require.NotNegative(value); } = 10_000;

    /// <summary>How many evaluations of f the minimization may take, exactly; null: any number.</summary>
    public long? MaxEvaluations { get; init => field = Require.NotNegative(value); }

    /// <summary>How many gradients the minimization may take, exactly; null: any number.</summary>
    public long? MaxGradients { get; init => field = Require.NotNegative(value); }

    /// <summary>How many Hessian-vector products the minimization may take, exactly; null: any number. The verdict has a budget of its
    /// own (<see cref="VerdictOptions.MaxProducts"/>).</summary>
    public long? MaxHessianVectorProducts { get; init => field = Require.NotNegative(value); }

    /// <summary>How long a run may take, verdict included; looked at before each evaluation. Null: any time.</summary>
    public TimeSpan? TimeLimit
    {
        get;
        init =>
            field = !(value < TimeSpan.Zero) ? value
            : throw new ArgumentOutOfRangeException(
            nameof(TimeLimit), value, $"TimeLimit is {value}; it must be zero or more (null: none).");
    }

    /// <summary>Asked after each iteration; true ends the run with <see cref="OptimizationStatus.Stopped"/>.</summary>
    public Func<OptimizationProgress, bool>? StopWhen { get; init; }

    /// <summary>Whether an exception that f throws after the start ends the run, with <see cref="OptimizationStatus.ObjectiveThrew"/>. Off:
    /// the point at which it throws counts as infinite, the step is taken back as it is for NaN, and
    /// <see cref="OptimizationResult.Exception"/> is the last one. At the start it is thrown to the caller in any case.</summary>
    public bool EndOnException { get; init; }

    /// <summary>Whether the result keeps every iteration's <see cref="OptimizationProgress"/>.</summary>
    public bool KeepTrace { get; init; }

    /// <summary>Whether a converged run ends with a verdict on the point: minimum, saddle or neither.</summary>
    public bool Certify { get; init; } = true;

    /// <summary>How the verdict is reached.</summary>
    /// <exception cref="ArgumentNullException">It is set to null.</exception>
    public VerdictOptions Verdict { get; init => field =
        value ?? throw new ArgumentNullException(nameof(Verdict), "A verdict needs options; to have none, set Certify to false."); } =
        VerdictOptions.Default;

    /// <summary>Motions that leave f as it is, whose zero modes the verdict leaves out, and with them the Newton methods that work without
    /// bounds: they take their steps on the complement of the tangents at each iterate. Null: none is declared, and the verdict looks for
    /// common ones where it meets zero eigenvalues. <see cref="Symmetry.None"/>: it does not.</summary>
    public Symmetry? Symmetry { get; init; }

    /// <summary>Whether a run that converged to a point that the verdict shows not to be a minimum leaves it and goes on, and likewise
    /// where the run or the verdict came across a point lower beyond the error of f: then from there. Off: the verdict only names the
    /// point, and <see cref="OptimizationResult.LowerPointSeen"/> the lower one.</summary>
    public bool EscapeSaddles { get; init; } = true;

    /// <summary>How many points a run may leave; at one more it ends with <see cref="OptimizationStatus.LimitEscapes"/>. Zero is as good as
    /// <see cref="EscapeSaddles"/> off.</summary>
    public int MaxEscapes { get; init => field = Require.NotNegative(value); } = 20;

    /// <summary>From which all random numbers of a run follow: the same seed, the same run.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>After how many iterations <see cref="OnCheckpoint"/> gets a checkpoint; 0: never.</summary>
    public int CheckpointEvery { get; init => field = Require.NotNegative(value); }

    /// <summary>Gets a <see cref="Checkpoint"/> every <see cref="CheckpointEvery"/> iterations, from which the run can be resumed with the
    /// same bits.</summary>
    public Action<Checkpoint>? OnCheckpoint { get; init; }

    /// <summary>The members as text, in the invariant culture.</summary>
    public sealed override string ToString() => Invariantly.Print(GetType().Name, PrintMembers);
}
