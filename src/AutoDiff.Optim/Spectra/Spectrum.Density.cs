using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim;

public static partial class Spectrum
{
    /// <summary>The density of eigenvalues, by stochastic Lanczos quadrature with full reorthogonalization.</summary>
    /// <remarks>Memory: <see cref="SpectralDensityOptions.Steps"/> vectors. The scatter of a probe falls as 1/√n: large operators need few
    /// probes.</remarks>
    /// <exception cref="InvalidOperationException">The operator is not square.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static SpectralDensity Density(
        ILinearOperator a, SpectralDensityOptions? options = null, IProgress<SpectrumProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        int n = CheckOperator(a), products = 0;
        options ??= new SpectralDensityOptions();
        Lanczos lanczos = new(n, options.Steps);
        double[] start = new double[n];
        List<SpectralNode[]> probes = [];
        double smallest = double.PositiveInfinity, largest = double.NegativeInfinity;
        while (probes.Count < options.Probes)
        {
            RandomStream random = RandomStream.Of(options.Seed, (ulong)probes.Count);
            random.FillSigns(start);
            lanczos.Start(start);
            while (lanczos.Step(a))
            {
                products++;
                cancellationToken.ThrowIfCancellationRequested();
            }
            if (lanczos.IsNonFinite)
                break;
            TridiagonalEigensystem t = new(lanczos.Diagonal, lanczos.Couplings, full: false);
            SpectralNode[] nodes = new SpectralNode[t.Values.Length];
            for (int i = 0; i < nodes.Length; i++)
                nodes[i] = new SpectralNode(t.Values[i], t.First(i) * t.First(i));
            probes.Add(nodes);
            smallest = Math.Min(smallest, t.Values[0]);
            largest = Math.Max(largest, t.Values[^1]);
            progress?.Report(new SpectrumProgress(products, smallest, lanczos.NextCoupling * Math.Abs(t.Last(0))));
        }
        return new SpectralDensity
        {
            Probes = probes,
            Status = probes.Count == options.Probes ? SpectrumStatus.Converged : SpectrumStatus.NonFinite,
            Products = products,
            Smallest = probes.Count > 0 ? smallest : double.NaN,
            Largest = probes.Count > 0 ? largest : double.NaN,
        };
    }
}
