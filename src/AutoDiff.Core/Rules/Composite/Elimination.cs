namespace AutoDiff.Rules;

/// <summary>
/// Gaussian elimination over any number type, the pivots chosen by primal value: the defining algorithm, for dual numbers of every depth.
/// </summary>
internal static class Elimination
{
    /// <summary>Overwrites the n×m matrix B with A⁻¹·B and A with its eliminated form, whose diagonal holds the pivots. Returns the sign of
    /// the row exchanges; 0, and B all NaN, if A is singular.</summary>
    public static int Solve<T>(int n, int m, Span<T> a, Span<T> b) where T : struct, IScalar<T>
    {
        int sign = 1;
        for (int k = 0; k < n; k++)
        {
            int pivot = LargestBelow<T>(n, a, k);
            double magnitude = Math.Abs(T.Primal(a[pivot * n + k]));
            if (magnitude == 0 || !double.IsFinite(magnitude))
            {
                b.Fill(T.Undefined);
                return 0;
            }
            if (pivot != k)
            {
                Exchange(a.Slice(k * n, n), a.Slice(pivot * n, n));
                Exchange(b.Slice(k * m, m), b.Slice(pivot * m, m));
                sign = -sign;
            }
            for (int i = k + 1; i < n; i++)
            {
                T factor = a[i * n + k] / a[k * n + k];
                for (int j = k + 1; j < n; j++)
                    a[i * n + j] -= factor * a[k * n + j];
                for (int j = 0; j < m; j++)
                    b[i * m + j] -= factor * b[k * m + j];
            }
        }
        MatrixAlgebra.SolveTriangular(n, m, a, lower: false, transposed: false, unitDiagonal: false, b);
        return sign;
    }

    private static int LargestBelow<T>(int n, ReadOnlySpan<T> a, int column) where T : struct, IScalar<T>
    {
        int largest = column;
        for (int i = column + 1; i < n; i++)
        {
            if (Math.Abs(T.Primal(a[i * n + column])) > Math.Abs(T.Primal(a[largest * n + column])))
                largest = i;
        }
        return largest;
    }

    private static void Exchange<T>(Span<T> x, Span<T> y)
    {
        for (int i = 0; i < x.Length; i++)
            (x[i], y[i]) = (y[i], x[i]);
    }
}
