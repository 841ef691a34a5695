using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.Spectra;

/// <summary>Locally optimal block preconditioned conjugate gradients (Knyazev 2001) on the orthonormal basis S = [X, P, W].</summary>
/// <remarks>
/// P is made orthogonal to the new X among the coefficients of the Rayleigh–Ritz problem (Hetmaniuk and Lehoucq 2006), W by Gram–Schmidt;
/// so S is orthonormal to rounding, and dependent directions are left out. Soft locking: a converged pair stays in X but adds no direction.
/// The largest eigenvalues are the smallest of −A. The residuals reported are those of products made anew at the end.
/// </remarks>
internal sealed class Lobpcg
{
    /// <summary>What is left of a direction, relative to it, below which it is taken for dependent.</summary>
    private const double Dependent = 1e-10;

    private readonly ILinearOperator _a;
    private readonly EigenpairOptions _options;
    private readonly List<double[]> _s = [], _as = [];
    private readonly double[] _values, _residuals, _work;
    private readonly int _n, _block, _wanted;
    private readonly double _sign;
    private int _count, _products, _iterations;
    private double _norm, _asymmetry;
    private bool _hasValues;

    private Lobpcg(ILinearOperator a, EigenpairOptions options)
    {
        (_a, _options, _n) = (a, options, a.Dimension);
        _block = Math.Min(_n, options.Count + options.GuardVectors);
        _wanted = Math.Min(_n, options.Count);
        _sign = options.End == SpectrumEnd.Smallest ? 1 : -1;
        (_values, _residuals, _work) = (new double[_block], new double[_block], new double[_n]);
        for (int i = 0; i < 3 * _block; i++)
        {
            _s.Add(new double[_n]);
            _as.Add(new double[_n]);
        }
    }

    public static EigenpairResult Run(
        ILinearOperator a, EigenpairOptions options, IProgress<SpectrumProgress>? progress, CancellationToken cancellationToken)
    {
        Lobpcg lobpcg = new(a, options);
        SpectrumStatus status = lobpcg.Iterate(progress, cancellationToken);
        return lobpcg.Result(status);
    }

    private SpectrumStatus Iterate(IProgress<SpectrumProgress>? progress, CancellationToken cancellationToken)
    {
        RandomStream random = RandomStream.Of(_options.Seed, 0);
        while (_count < _block)
        {
            random.FillNormal(_s[_count]);
            if (GramSchmidt.Extend(_s[_count], _s, _count, Dependent) > 0 && !Multiply(_count++))
                return SpectrumStatus.NonFinite;
        }
        if (!RayleighRitz(0))
            return SpectrumStatus.NonFinite;
        bool fresh = true;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            MeasureResiduals();
            double worst = _residuals.AsSpan(0, _wanted).ToArray().Max();
            progress?.Report(new SpectrumProgress(_products, _sign * _values[0], worst));
            if (worst <= Threshold())
            {
                if (fresh)
                    return _asymmetry <= Threshold() ? SpectrumStatus.Converged : SpectrumStatus.Stalled;
                if (_products + _block > _options.MaximumProducts)
                    return SpectrumStatus.LimitProducts;
                if (!Refresh())
                    return SpectrumStatus.NonFinite;
                fresh = true;
                continue;
            }
            int active = _residuals.Count(r => r > Threshold());
            if (_products + active > _options.MaximumProducts)
                return SpectrumStatus.LimitProducts;
            int before = _count;
            if (!AddDirections())
                return SpectrumStatus.NonFinite;
            if (_count == before)
                return SpectrumStatus.Stalled;
            if (!RayleighRitz(active))
                return SpectrumStatus.NonFinite;
            _iterations++;
            fresh = false;
        }
    }

    private double Threshold() => Math.Max(_options.Tolerance * _norm, RoundOff());

    private double RoundOff() => 5 * Tridiagonal.Epsilon * Math.Sqrt(_n) * _norm;

    private bool Multiply(int index)
    {
        _a.Apply(_s[index], _as[index]);
        _products++;
        if (!Vectors.AreFinite(_as[index]))
            return false;
        if (_sign < 0)
            Vectors.Negate(_as[index], _as[index]);
        return true;
    }

    // AX is carried along by recurrence; what is claimed in the end is measured.
    private bool Refresh()
    {
        for (int j = 0; j < _block; j++)
        {
            if (!Multiply(j))
                return false;
        }
        _count = _block;
        return RayleighRitz(0);
    }

    private void MeasureResiduals()
    {
        for (int j = 0; j < _block; j++)
        {
            Vectors.Move(_as[j], -_values[j], _s[j], _work);
            _residuals[j] = Vectors.Norm(_work);
        }
    }

    // W: the preconditioned residuals of the pairs not yet converged.
    private bool AddDirections()
    {
        for (int j = 0; j < _block; j++)
        {
            if (_residuals[j] <= Threshold())
                continue;
            Vectors.Move(_as[j], -_values[j], _s[j], _work);
            double[] w = _s[_count];
            if (_options.Preconditioner is { } preconditioner)
                preconditioner.Apply(_work, w);
            else
                _work.CopyTo(w, 0);
            if (GramSchmidt.Extend(w, _s, _count, Dependent) > 0 && !Multiply(_count++))
                return false;
        }
        return true;
    }

    // X ← S·C with the eigenvectors C of SᵀAS; P ← the part of the step to X that came from P and W, for as many columns as were active.
    // False if an inner product overflowed.
    private bool RayleighRitz(int directions)
    {
        int q = _count;
        double[,] projected = new double[q, q];
        for (int i = 0; i < q; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double left = Vectors.Dot(_s[i], _as[j]), right = Vectors.Dot(_s[j], _as[i]);
                if (!double.IsFinite(left) || !double.IsFinite(right))
                    return false;
                projected[i, j] = projected[j, i] = 0.5 * left + 0.5 * right;
                _asymmetry = Math.Max(_asymmetry, Math.Abs(left - right));
            }
        }
        DenseSymmetric dense = new(projected);
        _norm = Math.Max(_norm, dense.Norm);
        List<double[]> columns = [];
        for (int j = 0; j < _block; j++)
        {
            double[] c = new double[q];
            dense.CopyVector(j, c);
            columns.Add(c);
            _values[j] = dense.Values[j];
        }
        for (int j = 0; j < _block && columns.Count < _block + directions; j++)
        {
            if (_residuals[j] <= Threshold())
                continue;
            double[] c = [.. columns[j]];
            c.AsSpan(0, _block).Clear();
            if (GramSchmidt.Extend(c, columns, columns.Count, Dependent) > 0)
                columns.Add(c);
        }
        double[] rotation = [.. columns.SelectMany(c => c)];
        BasisRotation.Apply(_s, q, rotation, columns.Count);
        BasisRotation.Apply(_as, q, rotation, columns.Count);
        _count = columns.Count;
        return _hasValues = true;
    }

    private EigenpairResult Result(SpectrumStatus status)
    {
        Eigenpair[] pairs = new Eigenpair[_hasValues ? _wanted : 0];
        for (int j = 0; j < pairs.Length; j++)
            pairs[j] = new Eigenpair(_sign * _values[j], [.. _s[j]], _residuals[j] + Math.Max(RoundOff(), _asymmetry));
        return new EigenpairResult { Pairs = pairs, Status = status, Products = _products, Iterations = _iterations };
    }
}
