using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>A form of third or fourth degree in m variables, T[c, c, c] or T[c, c, c, c] with T symmetric.</summary>
internal sealed class SymmetricForm
{
    // T as a matrix: m² columns, of which row i (cubic) or row (i, j) holds T[i, ·, ·] or T[i, j, ·, ·].
    private readonly double[] _tensor;

    private SymmetricForm(int dimension, int degree, double[] tensor) => (Dimension, Degree, _tensor) = (dimension, degree, tensor);

    /// <summary>m.</summary>
    public int Dimension { get; }

    /// <summary>3 or 4.</summary>
    public int Degree { get; }

    /// <summary>The largest element of T; the form is no larger than m^(d/2) times this on the unit sphere.</summary>
    public double LargestElement => Vectors.LargestMagnitude(_tensor);

    public static SymmetricForm Cubic(int m, Func<int, int, int, double> element)
    {
        double[] tensor = new double[m * m * m];
        for (int i = 0, at = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
            {
                for (int k = 0; k < m; k++)
                    tensor[at++] = element(i, j, k);
            }
        }
        return new SymmetricForm(m, 3, tensor);
    }

    public static SymmetricForm Quartic(int m, Func<int, int, int, int, double> element)
    {
        double[] tensor = new double[m * m * m * m];
        for (int i = 0, at = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
            {
                for (int k = 0; k < m; k++)
                {
                    for (int l = 0; l < m; l++)
                        tensor[at++] = element(i, j, k, l);
                }
            }
        }
        return new SymmetricForm(m, 4, tensor);
    }

    /// <summary>T[i, j, k, l] of a quartic.</summary>
    public double this[int i, int j, int k, int l] => _tensor[((i * Dimension + j) * Dimension + k) * Dimension + l];

    /// <summary>The negative of the form.</summary>
    public SymmetricForm Negated()
    {
        double[] tensor = new double[_tensor.Length];
        Vectors.Negate(_tensor, tensor);
        return new SymmetricForm(Dimension, Degree, tensor);
    }

    /// <summary>The form at c.</summary>
    public double At(ReadOnlySpan<double> c)
    {
        double[] row = new double[Dimension];
        Contract(c, c, row);
        return Vectors.Dot(row, c);
    }

    /// <summary>row = T[a, …, a, b, ·] with one b, which is the gradient over the degree where b = a.</summary>
    public void Contract(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> row)
    {
        int m = Dimension;
        Span<double> outer = m <= 24 ? stackalloc double[m * m] : new double[m * m];
        for (int i = 0; i < m; i++)
            Vectors.Scale(a[i], b, outer.Slice(i * m, m));
        if (Degree == 3)
        {
            for (int i = 0; i < m; i++)
                row[i] = Vectors.Dot(_tensor.AsSpan(i * m * m, m * m), outer);
            return;
        }
        row.Clear();
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
                row[i] += a[j] * Vectors.Dot(_tensor.AsSpan((i * m + j) * m * m, m * m), outer);
        }
    }
}
