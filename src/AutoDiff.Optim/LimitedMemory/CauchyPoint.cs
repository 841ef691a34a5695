using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LimitedMemory;

/// <summary>
/// The generalized Cauchy point: the first local minimizer of the quadratic model along the projected gradient path P(x − tg) (R. H. Byrd,
/// P. Lu, J. Nocedal, C. Zhu, A limited memory algorithm for bound constrained optimization, SIAM J. Sci. Comput. 16 (1995) 1190–1208,
/// algorithm CP, whose letters these are).
/// </summary>
internal sealed class CauchyPoint(Bounds bounds, CompactHessian hessian, int capacity)
{
    private readonly double[] _d = new double[bounds.Dimension];
    private readonly BreakpointHeap _breakpoints = new(bounds.Dimension);
    private readonly double[] _p = new double[2 * capacity], _w = new double[2 * capacity], _mw = new double[2 * capacity],
        _c = new double[2 * capacity];

    /// <summary>xᶜ.</summary>
    public double[] X { get; } = new double[bounds.Dimension];

    /// <summary>c = Wᵀ(xᶜ − x).</summary>
    public ReadOnlySpan<double> C => _c.AsSpan(0, hessian.Rank);

    /// <summary>Finds it from x, which lies within the bounds. O(mn), and O(m² + log n) for each breakpoint passed.</summary>
    public void Find(ReadOnlySpan<double> x, ReadOnlySpan<double> g)
    {
        Start(x, g);
        Span<double> p = _p.AsSpan(0, hessian.Rank), c = _c.AsSpan(0, hessian.Rank), w = _w.AsSpan(0, hessian.Rank),
            mw = _mw.AsSpan(0, hessian.Rank);
        hessian.MultiplyTransposed(_d, p);
        c.Clear();
        double theta = hessian.Theta;
        double first = -Vectors.Dot(_d, _d), leastSecond = -ReductionRatio.UnitRoundOff * theta * first;
        p.CopyTo(mw);
        hessian.MultiplyMiddle(mw);
        double second = Math.Max(-theta * first - Vectors.Dot(p, mw), leastSecond);
        double t = 0, step = first < 0 ? -first / second : 0;
        while (_breakpoints.Next is < double.PositiveInfinity and var next && next - t <= step)
        {
            Vectors.AddScaled(next - t, p, c);
            int b = _breakpoints.Pop();
            double gb = g[b];
            X[b] = gb < 0 ? bounds.Upper[b] : bounds.Lower[b];
            _d[b] = 0;
            hessian.Row(b, w);
            w.CopyTo(mw);
            hessian.MultiplyMiddle(mw);
            first += (next - t) * second + gb * gb + theta * gb * (X[b] - x[b]) - gb * Vectors.Dot(mw, c);
            second -= theta * gb * gb + 2 * gb * Vectors.Dot(mw, p) + gb * gb * Vectors.Dot(mw, w);
            second = Math.Max(second, leastSecond);
            Vectors.AddScaled(gb, w, p);
            (t, step) = (next, first < 0 ? -first / second : 0);
        }
        t += step;
        for (int i = 0; i < X.Length; i++)
        {
            if (_d[i] != 0)
                X[i] = Math.Clamp(x[i] + t * _d[i], bounds.Lower[i], bounds.Upper[i]);
        }
        Vectors.AddScaled(step, p, c);
    }

    // The path's first piece, and where each variable meets its bound.
    private void Start(ReadOnlySpan<double> x, ReadOnlySpan<double> g)
    {
        ReadOnlySpan<double> lower = bounds.Lower, upper = bounds.Upper;
        x.CopyTo(X);
        _breakpoints.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            double room = g[i] < 0 ? upper[i] - x[i] : x[i] - lower[i];
            _d[i] = room > 0 ? -g[i] : 0;
            if (_d[i] != 0 && double.IsFinite(room))
                _breakpoints.Add(room / Math.Abs(g[i]), i);
        }
        _breakpoints.Order();
    }
}
