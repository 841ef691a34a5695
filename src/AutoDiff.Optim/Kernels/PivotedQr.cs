namespace AutoDiff.Optim.Kernels;

/// <summary>
/// A·E·P = Q·R by Householder reflections with column pivoting (P. Businger, G. H. Golub, Numer. Math. 7, 1965), and the least-squares
/// problems that it solves. E makes the columns' norms lie in [1, 2): powers of two, so that scaling rounds nothing and neither huge nor
/// tiny columns over- or underflow.
/// </summary>
internal sealed class PivotedQr
{
    private const double UnitRoundOff = 1.0 / (1L << 53);

    // Beyond this power of two scaling itself would overflow; columns that would need more stay short, and count as dependent beside longer
    // ones.
    private const int LargestExponent = 1000;

    // Column after column: R above the diagonal, on it and below the reflectors, whose first elements R's diagonal has to make room for.
    private readonly double[] _a;
    private readonly double[] _diagonal, _norms, _scale;
    private readonly int[] _pivot;

    /// <summary>Factorizes <paramref name="a"/>, which is not changed; 2mn² operations.</summary>
    public PivotedQr(double[,] a)
    {
        (Rows, Columns) = (a.GetLength(0), a.GetLength(1));
        _a = new double[Rows * Columns];
        _diagonal = new double[Columns];
        _scale = new double[Columns];
        _norms = new double[Columns];
        _pivot = new int[Columns];
        for (int j = 0; j < Columns; j++)
        {
            Span<double> column = Column(j);
            for (int i = 0; i < Rows; i++)
                column[i] = a[i, j];
            _norms[j] = Balance(column, ref _scale[j]);
            _pivot[j] = j;
        }
        Rank = Factorize();
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>How many of R's diagonal elements are above rounding: max(m, n)·u times the first.</summary>
    public int Rank { get; }

    /// <summary>Which column of A became R's j-th.</summary>
    public ReadOnlySpan<int> Pivot => _pivot;

    /// <summary>E's diagonal, in A's order.</summary>
    public ReadOnlySpan<double> Scale => _scale;

    /// <summary>R's element; zero below the diagonal and below the last row of A.</summary>
    public double R(int i, int j) => i > j || i >= Rows ? 0 : i == j ? _diagonal[j] : _a[j * Rows + i];

    /// <summary>The Euclidean norms of A's columns.</summary>
    public void ColumnNorms(Span<double> norms)
    {
        for (int j = 0; j < Columns; j++)
        {
            double norm = 0;
            for (int i = 0; i <= Math.Min(j, Rows - 1); i++)
                norm = double.Hypot(norm, R(i, j));
            norms[_pivot[j]] = norm / _scale[_pivot[j]];
        }
    }

    /// <summary>Qᵀb, in place.</summary>
    public void ApplyTransposedQ(Span<double> b)
    {
        for (int k = 0; k < Math.Min(Rows, Columns) && _diagonal[k] != 0; k++)
            Reflect(Column(k)[k..], b[k..]);
    }

    /// <summary>The step s that minimizes ‖A·s + b‖² + ‖diag(δ)·s‖², and the decrease ½‖b‖² − ½‖A·s + b‖² that it makes.</summary>
    /// <remarks>From R the rows diag(δ) are eliminated by Givens rotations (J. J. Moré, The Levenberg–Marquardt algorithm, 1978, section
    /// 3), which works on a matrix of n × n whatever m is. Where δ is zero and A has not full rank, s is a basic solution.</remarks>
    /// <param name="transposed">Qᵀb.</param>
    /// <param name="delta">δ ≥ 0.</param>
    /// <param name="s">The step.</param>
    public double SolveDamped(ReadOnlySpan<double> transposed, ReadOnlySpan<double> delta, Span<double> s)
    {
        int n = Columns;
        double[,] t = new double[n, n + 1];
        for (int i = 0; i < Math.Min(n, Rows); i++)
        {
            for (int j = i; j < n; j++)
                t[i, j] = R(i, j);
            t[i, n] = -transposed[i];
        }
        double[] row = new double[n + 1];
        for (int k = 0; k < n; k++)
        {
            row.AsSpan(k).Clear();
            row[k] = delta[_pivot[k]] * _scale[_pivot[k]];
            for (int i = k; i < n; i++)
                Rotate(t, i, row);
        }
        double[] z = Substitute(t);
        double model = 0, damping = 0;
        for (int i = 0; i < n; i++)
        {
            double image = 0;
            for (int j = i; j < n; j++)
                image += R(i, j) * z[j];
            double length = delta[_pivot[i]] * _scale[_pivot[i]] * z[i];
            model += image * image;
            damping += length * length;
            s[_pivot[i]] = z[i] * _scale[_pivot[i]];
        }
        return 0.5 * model + damping;
    }

    /// <summary>R₁₁⁻¹, of the leading <see cref="Rank"/> rows and columns: upper triangular.</summary>
    public double[,] InverseOfLeading()
    {
        double[,] inverse = new double[Rank, Rank];
        for (int j = 0; j < Rank; j++)
        {
            inverse[j, j] = 1 / R(j, j);
            for (int i = j - 1; i >= 0; i--)
            {
                double sum = 0;
                for (int k = i + 1; k <= j; k++)
                    sum += R(i, k) * inverse[k, j];
                inverse[i, j] = -sum / R(i, i);
            }
        }
        return inverse;
    }

    private Span<double> Column(int j) => _a.AsSpan(j * Rows, Rows);

    private static double Balance(Span<double> column, ref double scale)
    {
        scale = 1;
        double norm = 0;
        // The first division keeps the norm's squares in range, the second brings the norm near 1.
        for (int pass = 0; pass < 2; pass++)
        {
            norm = pass == 0 ? Vectors.LargestMagnitude(column) : Vectors.Norm(column);
            if (norm == 0)
                return 0;
            int done = Math.ILogB(scale);
            double power = Math.ScaleB(1, Math.Clamp(-Math.ILogB(norm), -LargestExponent - done, LargestExponent - done));
            Vectors.Scale(power, column, column);
            (scale, norm) = (scale * power, norm * power);
        }
        return norm;
    }

    private int Factorize()
    {
        double[] exact = [.. _norms];
        int steps = Math.Min(Rows, Columns), rank = 0;
        for (int k = 0; k < steps; k++)
        {
            int best = k;
            for (int j = k + 1; j < Columns; j++)
                best = _norms[j] > _norms[best] ? j : best;
            Exchange(k, best, exact);
            Span<double> reflector = Column(k)[k..];
            double norm = Vectors.Norm(reflector);
            if (norm == 0)
                break;
            if (reflector[0] < 0)
                norm = -norm;
            foreach (ref double element in reflector)
                element /= norm;
            reflector[0] += 1;
            _diagonal[k] = -norm;
            for (int j = k + 1; j < Columns; j++)
            {
                Span<double> rest = Column(j)[k..];
                Reflect(reflector, rest);
                Downdate(j, rest, exact);
            }
            if (Math.Abs(norm) > Math.Max(Rows, Columns) * UnitRoundOff * Math.Abs(_diagonal[0]))
                rank = k + 1;
        }
        return rank;
    }

    // The norm of what is left of a column follows from what was taken off, until cancellation has eaten half the digits.
    private void Downdate(int j, ReadOnlySpan<double> rest, double[] exact)
    {
        if (_norms[j] == 0)
            return;
        double ratio = rest[0] / _norms[j], left = Math.Max(0, 1 - ratio * ratio), share = _norms[j] / exact[j];
        if (left * share * share > 1e-8)
            _norms[j] *= Math.Sqrt(left);
        else
            _norms[j] = exact[j] = Vectors.Norm(rest[1..]);
    }

    // y − v·(vᵀy)/v₀, which is the reflection for vectors v with ½vᵀv = v₀.
    private static void Reflect(ReadOnlySpan<double> v, Span<double> y) => Vectors.AddScaled(-Vectors.Dot(v, y) / v[0], v, y);

    private void Exchange(int k, int j, double[] exact)
    {
        if (k == j)
            return;
        Span<double> a = Column(k), b = Column(j);
        for (int i = 0; i < Rows; i++)
            (a[i], b[i]) = (b[i], a[i]);
        (_norms[k], _norms[j]) = (_norms[j], _norms[k]);
        (exact[k], exact[j]) = (exact[j], exact[k]);
        (_pivot[k], _pivot[j]) = (_pivot[j], _pivot[k]);
    }

    // Row i of t and the row below it, turned so that the latter's element i vanishes.
    private static void Rotate(double[,] t, int i, double[] row)
    {
        if (row[i] == 0)
            return;
        double length = double.Hypot(t[i, i], row[i]), c = t[i, i] / length, s = row[i] / length;
        for (int j = i; j < row.Length; j++)
            (t[i, j], row[j]) = (c * t[i, j] + s * row[j], c * row[j] - s * t[i, j]);
    }

    private static double[] Substitute(double[,] t)
    {
        int n = t.GetLength(0);
        double[] z = new double[n];
        for (int i = n - 1; i >= 0; i--)
        {
            // What is left of a column after the others' share is rounding if it is this small beside the whole column.
            double whole = 0;
            for (int k = 0; k <= i; k++)
                whole = double.Hypot(whole, t[k, i]);
            if (Math.Abs(t[i, i]) <= n * UnitRoundOff * whole)
                continue;
            double sum = t[i, n];
            for (int j = i + 1; j < n; j++)
                sum -= t[i, j] * z[j];
            z[i] = sum / t[i, i];
        }
        return z;
    }
}
