namespace AutoDiff.Optim.Kernels;

/// <summary>
/// The complement of k orthonormal vectors T in ℝⁿ: the last n − k columns W of the orthogonal matrix Q whose first k columns span T, kept
/// as k reflections of Householder's.
/// </summary>
internal sealed class OrthogonalComplement
{
    private readonly int _n;
    private readonly double[][] _reflectors;

    /// <summary>O(n·k²).</summary>
    public OrthogonalComplement(int n, double[][] vectors)
    {
        (_n, Vectors) = (n, vectors);
        _reflectors = new double[vectors.Length][];
        for (int k = 0; k < vectors.Length; k++)
        {
            double[] column = [.. vectors[k]];
            for (int i = 0; i < k; i++)
                Reflect(_reflectors[i], column);
            column.AsSpan(0, k).Clear();
            column[k] += Math.CopySign(Kernels.Vectors.Norm(column), column[k]);
            Kernels.Vectors.Scale(1 / Kernels.Vectors.Norm(column), column, column);
            _reflectors[k] = column;
        }
    }

    /// <summary>T.</summary>
    public double[][] Vectors { get; }

    /// <summary>n.</summary>
    public int Whole => _n;

    /// <summary>n − k.</summary>
    public int Dimension => _n - _reflectors.Length;

    /// <summary>The same vectors in variables measured in other units, xᵢ = unitᵢ·zᵢ.</summary>
    public OrthogonalComplement In(double[] units)
    {
        List<double[]> vectors = [];
        foreach (double[] vector in Vectors)
        {
            double[] scaled = [.. vector];
            for (int i = 0; i < units.Length; i++)
                scaled[i] /= units[i];
            double norm = Kernels.Vectors.Norm(scaled);
            Kernels.Vectors.Scale(1 / norm, scaled, scaled);
            if (Krylov.GramSchmidt.Extend(scaled, vectors, vectors.Count, 0) > 0)
                vectors.Add(scaled);
        }
        return new OrthogonalComplement(_n, [.. vectors]);
    }

    /// <summary>W·y.</summary>
    public void Expand(ReadOnlySpan<double> y, Span<double> v)
    {
        v[.._reflectors.Length].Clear();
        y.CopyTo(v[_reflectors.Length..]);
        for (int k = _reflectors.Length - 1; k >= 0; k--)
            Reflect(_reflectors[k], v);
    }

    /// <summary>Wᵀv.</summary>
    public void Restrict(ReadOnlySpan<double> v, Span<double> y)
    {
        double[] copy = v.ToArray();
        foreach (double[] reflector in _reflectors)
            Reflect(reflector, copy);
        copy.AsSpan(_reflectors.Length).CopyTo(y);
    }

    /// <summary>v −= T·Tᵀv.</summary>
    public void Project(Span<double> v)
    {
        foreach (double[] vector in Vectors)
            Krylov.GramSchmidt.Remove(v, vector);
    }

    /// <summary>WᵀAW. <paramref name="coupling"/> gets ‖QᵀA·T‖ in the norm of Frobenius, which is zero if A·T = 0.</summary>
    public double[,] Restrict(double[,] a, out double coupling)
    {
        coupling = 0;
        int k = _reflectors.Length;
        if (k == 0)
            return a;
        double[][] rows = new double[_n][];
        for (int i = 0; i < _n; i++)
        {
            rows[i] = new double[_n];
            for (int j = 0; j < _n; j++)
                rows[i][j] = a[i, j];
        }
        ReflectAll(rows);
        rows = Transposed(rows);
        ReflectAll(rows);
        double[,] result = new double[Dimension, Dimension];
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                if (i < k)
                    coupling += rows[i][j] * rows[i][j];
                else if (j >= k)
                    result[i - k, j - k] = rows[i][j];
            }
        }
        coupling = Math.Sqrt(coupling);
        return result;
    }

    private void ReflectAll(double[][] rows)
    {
        foreach (double[] row in rows)
        {
            foreach (double[] reflector in _reflectors)
                Reflect(reflector, row);
        }
    }

    private static double[][] Transposed(double[][] rows)
    {
        double[][] columns = new double[rows.Length][];
        for (int i = 0; i < rows.Length; i++)
        {
            columns[i] = new double[rows.Length];
            for (int j = 0; j < rows.Length; j++)
                columns[i][j] = rows[j][i];
        }
        return columns;
    }

    private static void Reflect(double[] reflector, Span<double> v) =>
        Kernels.Vectors.AddScaled(-2 * Kernels.Vectors.Dot(reflector, v), reflector, v);
}
