using AutoDiff.Optim.Spectra;

namespace AutoDiff.Optim;

public static partial class Spectrum
{
    /// <summary>Several eigenpairs at one end of the spectrum, repeated ones included, by locally optimal block preconditioned conjugate
    /// gradients with soft locking (LOBPCG, Knyazev 2001).</summary>
    /// <remarks>
    /// One product per unconverged pair and iteration; memory 6·(count + guard) vectors. With a good preconditioner the iterations do not
    /// depend on n. As with every such method a residual bound proves that some eigenvalue is near, not that it is the extreme one.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The operator is not square.</exception>
    /// <exception cref="ArgumentException">An option is outside its range, or the preconditioner's dimension is another.</exception>
    public static EigenpairResult Eigenpairs(
        ILinearOperator a, EigenpairOptions? options = null, IProgress<SpectrumProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        int n = CheckOperator(a);
        options ??= new EigenpairOptions();
        options.Check(n);
        EigenpairResult found = Lobpcg.Run(a, options, progress, cancellationToken);
        return a is ComplementOperator complement ? found with { Pairs = InAllVariables(found.Pairs, complement) } : found;
    }
}
