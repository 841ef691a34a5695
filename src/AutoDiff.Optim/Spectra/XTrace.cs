using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.Spectra;

/// <summary>The exchangeable estimator XTrace (Epperly, Tropp, Webber 2024, algorithm 1 with the normalization of their section
/// 2.3).</summary>
/// <remarks>
/// With AΩ = QR, Q₍ᵢ₎Q₍ᵢ₎ᵀ = QQᵀ − (Qsᵢ)(Qsᵢ)ᵀ spans the sketch without its column i, where sᵢ is the normalized column i of R⁻ᵀ. Each
/// column gives tr(Q₍ᵢ₎ᵀAQ₍ᵢ₎) and, from the part u of ωᵢ orthogonal to Q₍ᵢ₎, (n − m + 1)·uᵀAu/‖u‖² for the rest. All of it is algebra on m
/// × m numbers: Aωᵢ = Q·rᵢ, H = QᵀAQ, W = QᵀΩ.
/// </remarks>
internal sealed class XTrace
{
    private readonly ILinearOperator _a;
    private readonly int _n;
    private readonly List<double[]> _q = [], _aq = [], _omega = [], _r = [], _h = [], _w = [];
    private int _products;

    private XTrace(ILinearOperator a) => (_a, _n) = (a, a.Dimension);

    public static TraceEstimate Run(
        ILinearOperator a, TraceOptions options, IProgress<SpectrumProgress>? progress, CancellationToken cancellationToken) =>
        new XTrace(a).Run(options, progress, cancellationToken);

    private TraceEstimate Run(TraceOptions options, IProgress<SpectrumProgress>? progress, CancellationToken cancellationToken)
    {
        RandomStream random = RandomStream.Of(options.Seed, 0);
        RunningMean statistics = default;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int m = _q.Count;
            bool last = _products + 2 > options.MaximumProducts;
            if (m >= options.MinimumProbes && (last || m % Math.Max(1, m / 8) == 0))
            {
                statistics = Estimate();
                progress?.Report(new SpectrumProgress(_products, statistics.Mean, statistics.StandardError));
                if (options.Accepts(statistics.Mean, statistics.StandardError))
                    return Result(statistics.Mean, statistics.StandardError, SpectrumStatus.Converged);
            }
            if (last)
                return Result(statistics.Mean, statistics.StandardError, SpectrumStatus.LimitProducts);
            double[] omega = new double[_n], q = new double[_n], aq = new double[_n];
            random.FillNormal(omega);
            Vectors.Scale(Math.Sqrt(_n) / Vectors.Norm(omega), omega, omega);
            if (!Multiply(omega, q))
                return Failed(statistics);
            double[] r = new double[m + 1];
            double size = Vectors.Norm(q);
            r[m] = Reduce(q, r);
            if (r[m] <= 1e-12 * size)
                return Result(Trace(), Math.Sqrt(_n) * r[m], SpectrumStatus.Converged);
            if (!Multiply(q, aq))
                return Failed(statistics);
            Grow(omega, q, aq, r);
            if (_q.Count == _n)
                return Result(Trace(), 0, SpectrumStatus.Converged);
        }
    }

    private bool Multiply(ReadOnlySpan<double> vector, Span<double> result)
    {
        _a.Apply(vector, result);
        _products++;
        return Vectors.AreFinite(result);
    }

    // Two Gram–Schmidt passes whose coefficients add up to the new column of R; q becomes a unit vector.
    private double Reduce(Span<double> q, double[] r)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < _q.Count; i++)
                r[i] += GramSchmidt.Remove(q, _q[i]);
        }
        double rest = Vectors.Norm(q);
        if (rest > 0)
            System.Numerics.Tensors.TensorPrimitives.Divide(q, rest, q);
        return rest;
    }

    private void Grow(double[] omega, double[] q, double[] aq, double[] r)
    {
        _q.Add(q);
        _aq.Add(aq);
        _omega.Add(omega);
        _r.Add(r);
        int m = _q.Count;
        double[] h = new double[m];
        for (int i = 0; i < m; i++)
            h[i] = 0.5 * Vectors.Dot(_q[i], aq) + 0.5 * Vectors.Dot(q, _aq[i]);
        _h.Add(h);
        for (int i = 0; i + 1 < m; i++)
            _w[i] = [.. _w[i], Vectors.Dot(q, _omega[i])];
        double[] w = new double[m];
        for (int i = 0; i < m; i++)
            w[i] = Vectors.Dot(_q[i], omega);
        _w.Add(w);
    }

    private double Trace()
    {
        double trace = 0;
        for (int i = 0; i < _h.Count; i++)
            trace += _h[i][i];
        return trace;
    }

    private RunningMean Estimate()
    {
        int m = _q.Count;
        double trace = Trace();
        double[] s = new double[m], v = new double[m];
        RunningMean statistics = default;
        for (int i = 0; i < m; i++)
        {
            SolveTransposed(i, s);
            double[] w = _w[i], r = _r[i];
            double known = trace - Quadratic(s);
            Vectors.Move(w, -Vectors.Dot(s, w), s, v);
            double crossed = Vectors.Dot(r, w.AsSpan(0, i + 1)) - 2 * Vectors.Dot(r, v.AsSpan(0, i + 1));
            double remaining = crossed + Quadratic(v);
            double square = _n - Vectors.Dot(v, v);
            statistics.Add(known + (_n - m + 1) * (remaining / square));
        }
        return statistics;
    }

    // The unit vector along the solution of Rᵀs = eᵢ, by forward substitution; nothing stands before place i.
    private void SolveTransposed(int i, double[] s)
    {
        s.AsSpan(0, i).Clear();
        s[i] = 1;
        for (int j = i + 1; j < s.Length; j++)
            s[j] = -Vectors.Dot(_r[j].AsSpan(i, j - i), s.AsSpan(i, j - i)) / _r[j][j];
        Vectors.Scale(1 / Vectors.Norm(s), s, s);
    }

    // vᵀHv from the rows of H's lower triangle.
    private double Quadratic(double[] v)
    {
        double sum = 0;
        for (int i = 0; i < v.Length; i++)
            sum += v[i] * (2 * Vectors.Dot(_h[i].AsSpan(0, i), v.AsSpan(0, i)) + _h[i][i] * v[i]);
        return sum;
    }

    private TraceEstimate Failed(RunningMean statistics) =>
        statistics.Count == 0 ? Result(double.NaN, double.PositiveInfinity, SpectrumStatus.NonFinite)
            : Result(statistics.Mean, statistics.StandardError, SpectrumStatus.NonFinite);

    private TraceEstimate Result(double value, double error, SpectrumStatus status) =>
        new() { Value = value, StandardError = error, Status = status, Products = _products, Probes = _q.Count };
}
