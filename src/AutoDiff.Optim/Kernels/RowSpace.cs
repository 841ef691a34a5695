namespace AutoDiff.Optim.Kernels;

/// <summary>The span of a few vectors: an orthonormal basis of it by Gram and Schmidt, done twice, and what it leaves.</summary>
internal sealed class RowSpace
{
    /// <summary>A row whose part outside of the rows before it is this small counts as dependent on them.</summary>
    public const double Dependent = 1e-7;

    private readonly List<double[]> _basis = [];
    private readonly int[] _rowOf;
    private readonly double[][] _coefficients;

    /// <summary>Of <paramref name="rows"/>, which should be of length 1; a row up to <paramref name="dependent"/> from the others is left
    /// out.</summary>
    public RowSpace(IReadOnlyList<double[]> rows, int dimension, double dependent = Dependent)
    {
        Dimension = dimension;
        _rowOf = new int[rows.Count];
        _coefficients = new double[rows.Count][];
        for (int i = 0; i < rows.Count; i++)
        {
            double[] rest = [.. rows[i]];
            double[] coefficients = _coefficients[i] = new double[_basis.Count + 1];
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < _basis.Count; j++)
                {
                    double part = Vectors.Dot(_basis[j], rest);
                    coefficients[j] += part;
                    Vectors.AddScaled(-part, _basis[j], rest);
                }
            }
            double norm = Vectors.Norm(rest);
            _rowOf[i] = -1;
            if (!(norm > dependent))
                continue;
            Vectors.Scale(1 / norm, rest, rest);
            coefficients[_basis.Count] = norm;
            _rowOf[i] = _basis.Count;
            _basis.Add(rest);
        }
    }

    public int Dimension { get; }

    /// <summary>Orthonormal.</summary>
    public IReadOnlyList<double[]> Basis => _basis;

    /// <summary>Whether row i added to the span.</summary>
    public bool IsIndependent(int i) => _rowOf[i] >= 0;

    /// <summary>An orthonormal basis of what is orthogonal to the rows.</summary>
    public double[][] Complement()
    {
        List<double[]> all = [.. _basis];
        double[] left = new double[Dimension];
        left.AsSpan().Fill(1);
        foreach (double[] q in all)
            Spend(q);
        while (all.Count < Dimension)
        {
            // The unit vector that sticks out most: by 1/√n at least.
            int best = 0;
            for (int i = 1; i < Dimension; i++)
                best = left[i] > left[best] ? i : best;
            double[] v = new double[Dimension];
            v[best] = 1;
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (double[] q in all)
                    Vectors.AddScaled(-Vectors.Dot(q, v), q, v);
            }
            Vectors.Scale(1 / Vectors.Norm(v), v, v);
            all.Add(v);
            Spend(v);
            left[best] = 0;
        }
        return [.. all.Skip(_basis.Count)];

        void Spend(double[] q)
        {
            for (int i = 0; i < q.Length; i++)
                left[i] -= q[i] * q[i];
        }
    }

    /// <summary>The shortest v with rowᵢ·v = bᵢ for the independent rows.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        double[] v = new double[Dimension], y = new double[_basis.Count];
        for (int i = 0; i < _rowOf.Length; i++)
        {
            if (_rowOf[i] is not (>= 0 and int j))
                continue;
            double sum = b[i];
            for (int k = 0; k < j; k++)
                sum -= _coefficients[i][k] * y[k];
            y[j] = sum / _coefficients[i][j];
            Vectors.AddScaled(y[j], _basis[j], v);
        }
        return v;
    }

    /// <summary>The cᵢ for which Σ cᵢ·rowᵢ comes nearest to v; zero for rows that depend on others.</summary>
    public double[] Fit(ReadOnlySpan<double> v)
    {
        double[] c = new double[_rowOf.Length], target = new double[_basis.Count];
        double[] rest = v.ToArray();
        for (int j = 0; j < _basis.Count; j++)
        {
            target[j] = Vectors.Dot(_basis[j], rest);
            Vectors.AddScaled(-target[j], _basis[j], rest);
        }
        for (int i = _rowOf.Length - 1; i >= 0; i--)
        {
            if (_rowOf[i] is not (>= 0 and int j))
                continue;
            c[i] = target[j] / _coefficients[i][j];
            for (int k = 0; k < j; k++)
                target[k] -= c[i] * _coefficients[i][k];
        }
        return c;
    }
}
