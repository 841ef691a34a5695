using AutoDiff.Optim.Engine;
using AutoDiff.Optim.SaddleSearches;

namespace AutoDiff.Optim;

/// <summary>
/// Searches for a saddle of index k, a critical point from which f falls in exactly k directions: the transition states of chemistry have
/// k = 1. It goes uphill along the k lowest modes of the Hessian and downhill along the others, with exact Hessian-vector products.
/// </summary>
/// <remarks>
/// <para>A step is kept if the quadratic model foretold it: |Δf − Δm| ≤ 0.8·Σⱼ|Δmⱼ|, the sum over modes (where all modes pull one way that
/// is Δf/Δm within [1/5, 9/5]; uphill and downhill parts may cancel, so that a ratio alone says nothing), or if it halves the gradient.
/// Steps are capped at <see cref="MaxStep"/>, and at less after steps that were not kept. Started at a minimum it leaves it along the
/// lowest mode, and keeps to the mode that resembles it most until it is the lowest; where no saddle is found it begins again at the
/// minimum (<see cref="Attempts"/>). Zero modes of <see cref="Optimizer.Symmetry"/> are left out; where none is declared, rigid motions,
/// translations, rotations and scale are tried at the start, by four gradients. No search is sure to find a saddle: uphill may lead up a
/// wall, and the search then ends at a limit; start nearer, or on the other side of the minimum.</para>
/// <para>Up to <see cref="DenseLimit"/> variables the Hessian is decomposed, O(n³) and n products an iteration. Beyond, the modes come from
/// a Krylov space and are kept from one iteration to the next. Sources: A. Banerjee, N. Adams, J. Simons, R. Shepard, J. Phys. Chem. 89,
/// 1985 (the partition); the flipped |H| follows Y. N. Dauphin et al., NIPS 2014, section 6. Other than in P-RFO the shift is replaced by
/// |λ| and the cap.</para>
/// </remarks>
public sealed record SaddleSearch : Optimizer
{
    /// <summary>k: in how many directions f is to fall; 0 looks for a minimum.</summary>
    public int Index { get; init => field = Require.NotNegative(value); } = 1;

    /// <summary>A direction whose mode is to be followed uphill: the eigenvector with the largest part along it, to the side to which it
    /// points; with <see cref="Index"/> = 1. Null: the lowest mode, and where the search starts at a minimum and fails, the other side and
    /// the next modes.</summary>
    public double[]? Mode { get; init; }

    /// <summary>How many ways up a search that starts at a minimum tries: both sides of the lowest mode, of the next, and so on.</summary>
    public int Attempts { get; init => field = Require.AtLeast(value, 1); } = 12;

    /// <summary>How the gradient becomes a step.</summary>
    public SaddleSearchMethod Method { get; init => field = Require.Defined(value); } = SaddleSearchMethod.FlippedModes;

    /// <summary>The longest step, ‖s‖₂, in the units of x.</summary>
    public double MaxStep { get; init => field = Require.Positive(value); } = 0.1;

    /// <summary>Up to how many variables the Hessian is formed.</summary>
    public int DenseLimit { get; init => field = Require.NotNegative(value); } = 200;

    /// <summary>How many Lanczos vectors an iteration may take beyond <see cref="DenseLimit"/>.</summary>
    public int BasisLimit { get; init => field = Require.AtLeast(value, 1); } = 100;

    /// <summary>Searches from <paramref name="x0"/>. The verdict on the result names its kind and index.</summary>
    /// <param name="f">The objective.</param>
    /// <param name="x0">The start, which is copied.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellationToken">Looked at before each evaluation.</param>
    /// <returns>The point where the search converged, or where it stood when it ended.</returns>
    /// <exception cref="ArgumentException">x0 is empty, or has fewer variables than <see cref="Index"/>; <see cref="Mode"/> is zero or not
    /// finite.</exception>
    /// <exception cref="ShapeMismatchException"><see cref="Mode"/> has another number of elements than x0.</exception>
    public OptimizationResult Find(
        Objective f, ReadOnlySpan<double> x0, IProgress<OptimizationProgress>? progress = null,
            CancellationToken cancellationToken = default)
    {
        CheckMode(x0.Length);
        if (Index > x0.Length)
            throw new ArgumentException(
                $"A saddle of index {Index} needs as many directions, and there are {x0.Length} variables. Lower Index.", nameof(x0));
        using Oracle oracle = new(f, x0.Length, this, cancellationToken);
        return new Run(this, oracle, new SaddleSearchIteration(oracle, this), null, progress).FromStart(x0);
    }

    /// <summary>Goes on from a checkpoint of a search on the same objective, with the same bits.</summary>
    /// <exception cref="ArgumentException">The checkpoint is another method's.</exception>
    public OptimizationResult Resume(
        Objective f, Checkpoint checkpoint, IProgress<OptimizationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        CheckMode(checkpoint.Dimension);
        using Oracle oracle = new(f, checkpoint.Dimension, this, cancellationToken);
        return new Run(this, oracle, new SaddleSearchIteration(oracle, this), null, progress).FromCheckpoint(checkpoint);
    }

    // Without a direction no eigenvector lies along the mode, and the search would follow any.
    private void CheckMode(int variables)
    {
        if (Mode is null)
            return;
        if (Index != 1)
            throw new ArgumentException(
                $"A mode to follow is for saddles of index 1, and {nameof(Index)} is {Index}. Set {nameof(Index)} = 1, or leave {nameof(Mode)} null.");
        if (Mode.Length != variables)
            throw new ShapeMismatchException(
                $"The mode to follow has {Mode.Length} elements, and there are {variables} variables. Give it one element a variable.");
        for (int i = 0; i < Mode.Length; i++)
        {
            if (!double.IsFinite(Mode[i]))
                throw new ArgumentException(
                    $"Element {i} of the mode to follow is {Mode[i]}. Give {nameof(Mode)} a finite direction, or null for the lowest mode.");
        }
        if (Array.TrueForAll(Mode, element => element == 0))
            throw new ArgumentException(
                $"All {variables} elements of the mode to follow are 0. Give {nameof(Mode)} a direction, or null for the lowest mode.");
    }
}
