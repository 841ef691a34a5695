namespace AutoDiff.Optim.LimitedMemory;

/// <summary>
/// LDLᵀ of a small symmetric quasi-definite matrix [−A Bᵀ; B C], A and C positive definite: it exists without pivoting (R. J. Vanderbei,
/// SIAM J. Optim. 5 (1995) 100–113), and takes no square roots, so that powers of two pass through exactly.
/// </summary>
internal sealed class QuasiDefinite(int capacity)
{
    private readonly double[,] _l = new double[capacity, capacity];
    private readonly double[] _d = new double[capacity];
    private int _size;

    /// <summary>The lower triangle to be factorized, written by the caller.</summary>
    public double[,] Lower => _l;

    /// <summary>Factorizes in place; false if the first <paramref name="negative"/> pivots are not all negative and the others
    /// positive.</summary>
    public bool Factorize(int size, int negative)
    {
        _size = size;
        for (int j = 0; j < size; j++)
        {
            double pivot = _l[j, j];
            for (int k = 0; k < j; k++)
                pivot -= _l[j, k] * _l[j, k] * _d[k];
            _d[j] = pivot;
            if (!double.IsFinite(pivot) || !(j < negative ? pivot < 0 : pivot > 0))
                return false;
            for (int i = j + 1; i < size; i++)
            {
                double sum = _l[i, j];
                for (int k = 0; k < j; k++)
                    sum -= _l[i, k] * _l[j, k] * _d[k];
                _l[i, j] = sum / pivot;
            }
        }
        return true;
    }

    /// <summary>Solves in place.</summary>
    public void Solve(Span<double> v)
    {
        for (int i = 0; i < _size; i++)
        {
            for (int k = 0; k < i; k++)
                v[i] -= _l[i, k] * v[k];
        }
        for (int i = _size - 1; i >= 0; i--)
        {
            v[i] /= _d[i];
            for (int k = i + 1; k < _size; k++)
                v[i] -= _l[k, i] * v[k];
        }
    }
}
