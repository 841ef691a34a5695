using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.Spectra;

/// <summary>Hutchinson's estimator, and Hutch++ as the same on the complement of a sketch whose own trace is exact.</summary>
internal static class TraceProbes
{
    public static TraceEstimate Run(
        ILinearOperator a, TraceOptions options, IProgress<SpectrumProgress>? progress, CancellationToken cancellationToken)
    {
        int n = a.Dimension, products = 0;
        RandomStream random = RandomStream.Of(options.Seed, 0);
        List<double[]> basis = [];
        double[] z = new double[n], product = new double[n];
        double exact = 0;
        int sketch = options.Method == TraceMethod.Hutchinson ? 0
            : Math.Min(n, options.SketchSize > 0 ? options.SketchSize : options.MaximumProducts / 3);

        for (int j = 0; j < sketch; j++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            random.FillSigns(z);
            double[] y = new double[n];
            if (!Multiply(z, y))
                return Result(default, SpectrumStatus.NonFinite, double.NaN);
            if (GramSchmidt.Extend(y, basis, basis.Count, 1e-13) > 0)
                basis.Add(y);
        }
        foreach (double[] q in basis)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Multiply(q, product))
                return Result(default, SpectrumStatus.NonFinite, double.NaN);
            exact += Vectors.Dot(q, product);
        }
        RunningMean statistics = default;
        if (basis.Count == n)
            return Result(statistics, SpectrumStatus.Converged, exact);
        while (products < options.MaximumProducts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            random.FillSigns(z);
            GramSchmidt.RemoveAll(z, basis, basis.Count);
            GramSchmidt.RemoveAll(z, basis, basis.Count);
            if (!Multiply(z, product))
                return Result(statistics, SpectrumStatus.NonFinite, statistics.Count == 0 ? double.NaN : exact);
            statistics.Add(Vectors.Dot(z, product));
            progress?.Report(new SpectrumProgress(products, exact + statistics.Mean, statistics.StandardError));
            if (statistics.Count >= options.MinimumProbes && options.Accepts(exact + statistics.Mean, statistics.StandardError))
                return Result(statistics, SpectrumStatus.Converged, exact);
        }
        return Result(statistics, SpectrumStatus.LimitProducts, exact);

        bool Multiply(ReadOnlySpan<double> vector, Span<double> result)
        {
            a.Apply(vector, result);
            products++;
            return Vectors.AreFinite(result);
        }

        TraceEstimate Result(RunningMean probes, SpectrumStatus status, double known) => new()
        {
            Value = known + probes.Mean,
            StandardError = probes.Count == 0 && status == SpectrumStatus.Converged ? 0 : probes.StandardError,
            Status = status,
            Products = products,
            Probes = (int)probes.Count,
        };
    }
}
