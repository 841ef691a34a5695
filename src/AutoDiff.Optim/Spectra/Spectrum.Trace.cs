using AutoDiff.Optim.Spectra;

namespace AutoDiff.Optim;

public static partial class Spectrum
{
    /// <summary>tr A = Σλᵢ = Σaᵢᵢ from products with random vectors, until the standard error asked for is reached.</summary>
    /// <remarks>For a Hessian, the sum of the second derivatives along any orthonormal basis; tr A / n is the mean eigenvalue. The methods
    /// are described at <see cref="TraceMethod"/>. All are unbiased, and exact up to rounding once their vectors span A's range.</remarks>
    /// <exception cref="InvalidOperationException">The operator is not square.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static TraceEstimate Trace(
        ILinearOperator a, TraceOptions? options = null, IProgress<SpectrumProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckOperator(a);
        options ??= new TraceOptions();
        options.Check();
        return options.Method == TraceMethod.XTrace ? XTrace.Run(a, options, progress, cancellationToken)
            : TraceProbes.Run(a, options, progress, cancellationToken);
    }
}
