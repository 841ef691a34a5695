using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.Spectra;

/// <summary>Extreme eigenpairs by the Lanczos process with thick restarts (Wu and Simon 2000).</summary>
/// <remarks>
/// After a breakdown the run goes on from random vectors, as often as there are pairs to find, so that an eigenvalue shows up as often as
/// it is repeated; without a breakdown one start sees every eigenvalue once.
/// </remarks>
internal sealed class ThickRestartLanczos
{
    private readonly ILinearOperator _a;
    private readonly ExtremeEigenvalueOptions _options;
    private readonly Lanczos _lanczos;
    private RandomStream _random;
    private int _products, _unrestarted, _restarts, _breakdowns;

    private ThickRestartLanczos(ILinearOperator a, ExtremeEigenvalueOptions options)
    {
        (_a, _options) = (a, options);
        _lanczos = new Lanczos(a.Dimension, options.BasisSize);
        _random = RandomStream.Of(options.Seed, 0);
    }

    public static ExtremeEigenvalues Run(
        ILinearOperator a, ExtremeEigenvalueOptions options, IProgress<SpectrumProgress>? progress, CancellationToken cancellationToken) =>
        new ThickRestartLanczos(a, options).Run(progress, cancellationToken);

    private ExtremeEigenvalues Run(IProgress<SpectrumProgress>? progress, CancellationToken cancellationToken)
    {
        _lanczos.StartRandom(ref _random);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_products == _options.MaximumProducts)
                return Result(SpectrumStatus.LimitProducts);
            if (_lanczos.Step(_a))
                CountProduct();
            else if (_lanczos.IsNonFinite)
                return Result(SpectrumStatus.NonFinite);
            bool ends = _lanczos.IsFull || _lanczos.IsInvariant || _products == _options.MaximumProducts;
            if (!ends && _lanczos.Count % Math.Max(1, _lanczos.Count / 10) != 0)
                continue;
            TridiagonalEigensystem t = new(_lanczos.Diagonal, _lanczos.Couplings, full: false);
            double residual = WorstResidual(t);
            progress?.Report(new SpectrumProgress(_products, t.Values[_options.Smallest ? 0 : ^1], residual));
            if (_lanczos.IsInvariant && !_lanczos.IsFull && ++_breakdowns < _options.Count)
                _lanczos.RestartRandom(ref _random);
            else if (_lanczos.IsInvariant || (residual <= Threshold() && (_breakdowns == 0 || _lanczos.IsFull)))
                return Result(residual <= Threshold() && _lanczos.Asymmetry <= Threshold() ? SpectrumStatus.Converged
                    : SpectrumStatus.Stalled);
            else if (_lanczos.IsFull)
                Restart();
        }
    }

    private void CountProduct()
    {
        _products++;
        if (_restarts == 0)
            _unrestarted++;
    }

    private double Threshold() => Math.Max(_options.Tolerance * Norm(), RoundOff());

    private double Norm() =>
        _lanczos.Count == 0 ? double.NaN
            : Math.Max(Math.Abs(Tridiagonal.Smallest(_lanczos.Diagonal, _lanczos.Couplings)),
                Math.Abs(Tridiagonal.Largest(_lanczos.Diagonal, _lanczos.Couplings)));

    private double RoundOff() => 5 * Tridiagonal.Epsilon * Math.Sqrt(_lanczos.Dimension) * _lanczos.NormBound;

    // What the products and the orthogonalization may be off.
    private double ProductError() => Math.Max(RoundOff(), _lanczos.Asymmetry) + _lanczos.DroppedCoupling;

    private double WorstResidual(TridiagonalEigensystem t)
    {
        int k = t.Values.Length, wanted = Math.Min(_options.Count, _lanczos.Dimension);
        if (k < wanted && !_lanczos.IsFull)
            return double.PositiveInfinity;
        double worst = 0;
        for (int i = 0; i < Math.Min(wanted, k); i++)
        {
            if (_options.Smallest)
                worst = Math.Max(worst, _lanczos.NextCoupling * Math.Abs(t.Last(i)));
            if (_options.Largest)
                worst = Math.Max(worst, _lanczos.NextCoupling * Math.Abs(t.Last(k - 1 - i)));
        }
        return worst;
    }

    // Keeps the wanted Ritz vectors and, since they speed up the convergence, a third of the basis beside them.
    private void Restart()
    {
        TridiagonalEigensystem t = new(_lanczos.Diagonal, _lanczos.Couplings, full: true);
        int k = _lanczos.Count, each = Math.Min(_options.Count + k / 6, (k - 1) / 2);
        int low = _options.Smallest ? _options.Largest ? each : Math.Min(2 * each, k - 2) : 0, high = _options.Largest ? _options.Smallest
            ? each : Math.Min(2 * each, k - 2) : 0;
        double[] values = new double[low + high], vectors = new double[(low + high) * k];
        for (int i = 0; i < low + high; i++)
        {
            int index = i < low ? i : k - low - high + i;
            values[i] = t.Values[index];
            t.Vector(index).CopyTo(vectors.AsSpan(i * k));
        }
        _lanczos.Compress(values, vectors);
        _restarts++;
    }

    private ExtremeEigenvalues Result(SpectrumStatus status)
    {
        TridiagonalEigensystem t = new(_lanczos.Diagonal, _lanczos.Couplings, full: true);
        int k = t.Values.Length, wanted = Math.Min(_options.Count, k);
        double[] errors = new double[k];
        for (int i = 0; i < k; i++)
            errors[i] = _lanczos.NextCoupling * Math.Abs(t.Last(i)) + ProductError();
        return new ExtremeEigenvalues
        {
            Smallest = _options.Smallest ? Pairs(t, errors, wanted, i => i) : [],
            Largest = _options.Largest ? Pairs(t, errors, wanted, i => k - 1 - i) : [],
            Status = status,
            Products = _products,
            UnrestartedSteps = _unrestarted,
            Dimension = _lanczos.Dimension,
            Norm = Norm(),
            Asymmetry = _lanczos.Asymmetry,
            IsComplete = k == _lanczos.Dimension,
            RitzValues = t.Values,
            RitzErrorBounds = errors,
        };
    }

    private Eigenpair[] Pairs(TridiagonalEigensystem t, double[] errors, int count, Func<int, int> index)
    {
        Eigenpair[] pairs = new Eigenpair[count];
        for (int i = 0; i < count; i++)
        {
            int rank = index(i);
            double[] vector = new double[_lanczos.Dimension];
            _lanczos.Combine(t.Vector(rank), vector);
            pairs[i] = new Eigenpair(t.Values[rank], vector, errors[rank]);
        }
        return pairs;
    }
}
