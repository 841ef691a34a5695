namespace AutoDiff.Kernels;

/// <summary>A = L·Lᵀ for a symmetric positive definite A, of which the lower triangle is read; row-major.</summary>
internal static class DenseCholesky
{
    /// <summary>Writes L, with zeros above its diagonal. False if a pivot is not positive, or not finite: A is not positive
    /// definite.</summary>
    public static bool Factor(int n, ReadOnlySpan<double> a, Span<double> l)
    {
        l.Clear();
        for (int i = 0; i < n; i++)
        {
            Span<double> row = l.Slice(i * n, n);
            for (int j = 0; j <= i; j++)
            {
                double rest = a[i * n + j] - MatrixVector.Dot(row[..j], l.Slice(j * n, j));
                if (j < i)
                {
                    row[j] = rest / l[j * n + j];
                    continue;
                }
                if (!(rest > 0 && double.IsFinite(rest)))
                    return false;
                row[i] = Math.Sqrt(rest);
            }
        }
        return true;
    }
}
