using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LimitedMemory;

/// <summary>
/// The minimizer of the quadratic model over the variables that are free at the Cauchy point, by the direct primal method of Byrd, Lu,
/// Nocedal and Zhu (1995), section 5.1; then brought within the bounds by projection (J. L. Morales, J. Nocedal, Remark on algorithm 778,
/// ACM Trans. Math. Software 38 (2011) 7), or, if that does not point downhill, by truncation.
/// </summary>
internal sealed class SubspaceStep(Bounds bounds, CompactHessian hessian, int capacity)
{
    private readonly bool[] _isFree = new bool[bounds.Dimension];
    private readonly double[] _r = new double[bounds.Dimension], _d = new double[bounds.Dimension];
    private readonly double[] _v = new double[2 * capacity];

    /// <summary>x̄, the point to search towards; x̄ − x is in <paramref name="direction"/>. False if rounding has spoilt the
    /// matrices.</summary>
    public bool TryFind(ReadOnlySpan<double> x, ReadOnlySpan<double> g, CauchyPoint cauchy, Span<double> target, Span<double> direction)
    {
        int free = FindFree(cauchy.X);
        cauchy.X.CopyTo(target);
        if (free > 0)
        {
            if (!TryMinimize(x, g, cauchy, free))
                return false;
            Vectors.Move(cauchy.X, 1, _d, target);
            bounds.Project(target, target);
            Vectors.Subtract(target, x, direction);
            if (!(Vectors.Dot(direction, g) < 0))
                Truncate(cauchy.X, target);
        }
        Vectors.Subtract(target, x, direction);
        return true;
    }

    private int FindFree(ReadOnlySpan<double> x)
    {
        int free = 0;
        for (int i = 0; i < x.Length; i++)
        {
            _isFree[i] = x[i] > bounds.Lower[i] && x[i] < bounds.Upper[i];
            if (_isFree[i])
                free++;
        }
        return free;
    }

    // d = −B̂⁻¹r̂ over the free variables: B̂⁻¹ = I/θ + ZᵀW(M⁻¹ − WᵀZZᵀW/θ)⁻¹WᵀZ/θ², r̂ = Zᵀ(g + θ(xᶜ − x) − WMc).
    private bool TryMinimize(ReadOnlySpan<double> x, ReadOnlySpan<double> g, CauchyPoint cauchy, int free)
    {
        double theta = hessian.Theta;
        Span<double> v = _v.AsSpan(0, hessian.Rank);
        Vectors.Subtract(cauchy.X, x, _r);
        Vectors.Move(g, theta, _r, _r);
        if (hessian.Rank == 0)
        {
            MaskFree(_r);
            Vectors.Scale(-1 / theta, _r, _d);
            return true;
        }
        if (!hessian.Reduce(_isFree, free))
            return false;
        cauchy.C.CopyTo(v);
        hessian.MultiplyMiddle(v);
        hessian.AddProduct(-1, v, _r);
        MaskFree(_r);
        hessian.MultiplyTransposed(_r, v);
        hessian.SolveReduced(v);
        Vectors.Scale(-1 / theta, _r, _d);
        hessian.AddProduct(-1 / theta / theta, v, _d);
        MaskFree(_d);
        return true;
    }

    private void MaskFree(Span<double> v)
    {
        for (int i = 0; i < v.Length; i++)
            v[i] = _isFree[i] ? v[i] : 0;
    }

    // xᶜ + αd with the longest α ≤ 1 within the bounds.
    private void Truncate(ReadOnlySpan<double> cauchy, Span<double> target)
    {
        double alpha = Math.Min(1, bounds.LongestStep(cauchy, _d));
        Vectors.Move(cauchy, alpha, _d, target);
        bounds.Project(target, target);
    }
}
