using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LimitedMemory;

/// <summary>
/// The quasi-Newton matrix B = θI − W·M·Wᵀ with W = [Y θS] and M⁻¹ = [−D Lᵀ; L θSᵀS], where SᵀY = L + D + R (R. H. Byrd, J. Nocedal, R. B.
/// Schnabel, Representations of quasi-Newton matrices and their use in limited memory methods, Math. Programming 63 (1994) 129–156).
/// </summary>
internal sealed class CompactHessian(PairMemory pairs)
{
    private readonly QuasiDefinite _middle = new(2 * pairs.Capacity), _reduced = new(2 * pairs.Capacity);
    private readonly double[,] _ss = new double[pairs.Capacity, pairs.Capacity], _sy = new double[pairs.Capacity, pairs.Capacity],
        _yy = new double[pairs.Capacity, pairs.Capacity];
    private readonly double[,] _ssPart = new double[pairs.Capacity, pairs.Capacity], _syPart = new double[pairs.Capacity, pairs.Capacity],
        _yyPart = new double[pairs.Capacity, pairs.Capacity];
    private readonly double[] _row = new double[2 * pairs.Capacity];

    /// <summary>θ.</summary>
    public double Theta { get; private set; }

    /// <summary>The columns of W.</summary>
    public int Rank => 2 * pairs.Count;

    /// <summary>B = θI.</summary>
    public void Begin(double theta)
    {
        Theta = theta;
        _middle.Factorize(0, 0);
    }

    /// <summary>B of the pairs, all inner products anew; false if rounding has spoilt it. 2m²n multiplications.</summary>
    public bool Rebuild()
    {
        for (int i = 0; i < pairs.Count; i++)
            Products(i, i);
        return Factorize();
    }

    /// <summary>B after a pair was added; false if rounding has spoilt it. 4mn multiplications.</summary>
    /// <param name="dropped">Whether the oldest pair made room for it.</param>
    public bool Add(bool dropped)
    {
        if (dropped)
            Shift();
        Products(pairs.Count - 1, pairs.Count - 1);
        return Factorize();
    }

    /// <summary>B without the oldest pair, which can mend what rounding has spoilt: false if it is still spoilt.</summary>
    public bool DropOldest()
    {
        pairs.DropOldest();
        Shift();
        return Factorize();
    }

    /// <summary>Row i of W.</summary>
    public void Row(int i, Span<double> w)
    {
        for (int k = 0; k < pairs.Count; k++)
        {
            w[k] = pairs.Change(k)[i];
            w[pairs.Count + k] = Theta * pairs.Step(k)[i];
        }
    }

    /// <summary>Wᵀv. 2mn multiplications.</summary>
    public void MultiplyTransposed(ReadOnlySpan<double> v, Span<double> result)
    {
        for (int k = 0; k < pairs.Count; k++)
        {
            result[k] = Vectors.Dot(pairs.Change(k), v);
            result[pairs.Count + k] = Theta * Vectors.Dot(pairs.Step(k), v);
        }
    }

    /// <summary>v += αWp. 2mn multiplications.</summary>
    public void AddProduct(double alpha, ReadOnlySpan<double> p, Span<double> v)
    {
        for (int k = 0; k < pairs.Count; k++)
        {
            Vectors.AddScaled(alpha * p[k], pairs.Change(k), v);
            Vectors.AddScaled(alpha * Theta * p[pairs.Count + k], pairs.Step(k), v);
        }
    }

    /// <summary>v ← Mv.</summary>
    public void MultiplyMiddle(Span<double> v) => _middle.Solve(v);

    /// <summary>Prepares <see cref="SolveReduced"/> for a set of free variables; false if rounding has spoilt the matrix. 2m²
    /// multiplications for each variable of the free or of the bound ones, whichever are fewer.</summary>
    public bool Reduce(ReadOnlySpan<bool> isFree, int free)
    {
        int m = pairs.Count;
        bool overFree = 2 * free <= isFree.Length;
        SumOver(isFree, overFree);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double yyFree = overFree ? _yyPart[i, j] : _yy[i, j] - _yyPart[i, j];
                double ssBound = overFree ? _ss[i, j] - _ssPart[i, j] : _ssPart[i, j];
                _reduced.Lower[i, j] = -yyFree / Theta - (i == j ? _sy[i, i] : 0);
                _reduced.Lower[m + i, m + j] = Theta * ssBound;
            }
            for (int j = 0; j < m; j++)
            {
                double syFree = overFree ? _syPart[i, j] : _sy[i, j] - _syPart[i, j];
                _reduced.Lower[m + i, j] = (i > j ? _sy[i, j] : 0) - syFree;
            }
        }
        return _reduced.Factorize(2 * m, m);
    }

    /// <summary>v ← (M⁻¹ − WᵀZZᵀW/θ)⁻¹v, Z the columns of the identity that belong to free variables.</summary>
    public void SolveReduced(Span<double> v) => _reduced.Solve(v);

    // Inner products of pair i with pairs 0…last.
    private void Products(int i, int last)
    {
        for (int j = 0; j <= last; j++)
        {
            _ss[i, j] = _ss[j, i] = Vectors.Dot(pairs.Step(i), pairs.Step(j));
            _yy[i, j] = _yy[j, i] = Vectors.Dot(pairs.Change(i), pairs.Change(j));
            _sy[i, j] = Vectors.Dot(pairs.Step(i), pairs.Change(j));
            _sy[j, i] = Vectors.Dot(pairs.Step(j), pairs.Change(i));
        }
    }

    private void Shift()
    {
        int last = pairs.Capacity - 1;
        for (int i = 0; i < last; i++)
        {
            for (int j = 0; j < last; j++)
                (_ss[i, j], _sy[i, j], _yy[i, j]) = (_ss[i + 1, j + 1], _sy[i + 1, j + 1], _yy[i + 1, j + 1]);
        }
    }

    private bool Factorize()
    {
        int m = pairs.Count;
        Theta = pairs.Curvature;
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                _middle.Lower[i, j] = i == j ? -_sy[i, i] : 0;
                _middle.Lower[m + i, m + j] = Theta * _ss[i, j];
            }
            for (int j = 0; j < m; j++)
                _middle.Lower[m + i, j] = i > j ? _sy[i, j] : 0;
        }
        return _middle.Factorize(2 * m, m);
    }

    // The inner products over the free variables, or over the others.
    private void SumOver(ReadOnlySpan<bool> isFree, bool which)
    {
        int m = pairs.Count;
        Array.Clear(_ssPart);
        Array.Clear(_syPart);
        Array.Clear(_yyPart);
        for (int k = 0; k < isFree.Length; k++)
        {
            if (isFree[k] != which)
                continue;
            for (int i = 0; i < m; i++)
                (_row[i], _row[m + i]) = (pairs.Change(i)[k], pairs.Step(i)[k]);
            for (int i = 0; i < m; i++)
            {
                double y = _row[i], s = _row[m + i];
                for (int j = 0; j <= i; j++)
                {
                    _yyPart[i, j] += y * _row[j];
                    _ssPart[i, j] += s * _row[m + j];
                }
                for (int j = 0; j < m; j++)
                    _syPart[i, j] += s * _row[j];
            }
        }
    }
}
