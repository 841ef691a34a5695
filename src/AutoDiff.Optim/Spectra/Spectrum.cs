using AutoDiff.Optim.Spectra;

namespace AutoDiff.Optim;

/// <summary>
/// Properties of the spectrum of a symmetric linear operator, a Hessian above all, from its products with vectors alone: extreme
/// eigenvalues, condition, curvature along directions, trace, density.
/// </summary>
/// <remarks>
/// Every method is safe to use from many threads if the operator is. The same seed gives the same bits. Random vectors come from a seeded
/// stream, never from the clock. A cancelled call throws <see cref="OperationCanceledException"/>.
/// Results are immutable but for their arrays, which belong to the caller. Where f has a symmetry, its zero modes are taken out by
/// <see cref="Symmetry.Complement"/>: Spectrum.Condition(Symmetry.RigidMotions().Complement(hessian, x)). Eigenvectors are given in all
/// variables.
/// </remarks>
public static partial class Spectrum
{
    /// <summary>The smallest and the largest eigenvalues with eigenvectors and error bounds, from one Lanczos run with full
    /// reorthogonalization and thick restarts (Wu and Simon 2000).</summary>
    /// <remarks>
    /// A residual bound proves that some eigenvalue is near, not that it is the extreme one (<see cref="Eigenpair.ErrorBound"/>,
    /// <see cref="ExtremeEigenvalues.ProbableMargin"/>). An eigenvalue that is repeated or clustered may be listed once only; where that
    /// matters use <see cref="Eigenpairs"/>, which works with blocks. Memory: <see cref="ExtremeEigenvalueOptions.BasisSize"/> vectors.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The operator is not square.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static ExtremeEigenvalues Extremes(
        ILinearOperator a, ExtremeEigenvalueOptions? options = null, IProgress<SpectrumProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckOperator(a);
        options ??= new ExtremeEigenvalueOptions();
        options.Check();
        ExtremeEigenvalues found = ThickRestartLanczos.Run(a, options, progress, cancellationToken);
        return a is ComplementOperator complement
            ? found with { Smallest = InAllVariables(found.Smallest, complement), Largest = InAllVariables(found.Largest, complement) }
            : found;
    }

    private static Eigenpair[] InAllVariables(IReadOnlyList<Eigenpair> pairs, ComplementOperator complement)
    {
        Eigenpair[] all = new Eigenpair[pairs.Count];
        for (int i = 0; i < all.Length; i++)
            all[i] = pairs[i] with { Vector = complement.Expand(pairs[i].Vector) };
        return all;
    }

    private static int CheckOperator(ILinearOperator a)
    {
        ArgumentNullException.ThrowIfNull(a);
        int n = a.Dimension;
        return n > 0 ? n : throw new ArgumentException("The operator acts on no variables; its spectrum is empty.");
    }
}
