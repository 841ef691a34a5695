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

    /// <summary>The absolute part of the gradient test ‖∇f‖₂ ≤ atol + rtol·‖∇f(x₀)‖₂.</summary>
    public double GradientTolerance { get; init => field = Require.NotNegative(value); } = 1e-8;

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
        init => field = !(value < TimeSpan.Zero) ? value : throw new ArgumentOutOfRangeException(nameof(TimeLimit), value, $"TimeLimit is {value}; it must be zero or more (null: none).");
    }

    /// <summary>Asked after each iteration; true ends the run with <see cref="OptimizationStatus.Stopped"/>.</summary>
    public Func<OptimizationProgress, bool>? StopWhen { get; init; }

    /// <summary>Whether the result keeps every iteration's <see cref="OptimizationProgress"/>.</summary>
    public bool KeepTrace { get; init; }

    /// <summary>Whether a converged run ends with a verdict on the point: minimum, saddle or neither.</summary>
    public bool Certify { get; init; } = true;

    /// <summary>How the verdict is reached.</summary>
    /// <exception cref="ArgumentNullException">It is set to null.</exception>
    public VerdictOptions Verdict { get; init => field = value ?? throw new ArgumentNullException(nameof(Verdict), "A verdict needs options; to have none, set Certify to false."); } = VerdictOptions.Default;

    /// <summary>Motions that leave f as it is, whose zero modes the verdict leaves out, and with them the Newton methods that work without bounds: they take their steps on the
    /// complement of the tangents at each iterate. Null: none is declared, and the verdict looks for common ones where it meets zero
    /// eigenvalues. <see cref="Symmetry.None"/>: it does not.</summary>
    public Symmetry? Symmetry { get; init; }

    /// <summary>Whether a run that converged to a point that the verdict shows not to be a minimum leaves it and goes on. Off: the verdict
    /// only names it.</summary>
    public bool EscapeSaddles { get; init; } = true;

    /// <summary>How many points a run may leave.</summary>
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
