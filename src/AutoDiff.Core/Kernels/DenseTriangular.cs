namespace AutoDiff.Kernels;

/// <summary>Triangular systems in row-major storage. Only the named triangle is read; a diagonal of ones need not be stored.</summary>
internal static class DenseTriangular
{
    /// <summary>B = op(T)⁻¹·B, T being n×n and B n×m.</summary>
    public static void Solve(int n, int m, ReadOnlySpan<double> t, bool lower, bool transposed, bool unitDiagonal, Span<double> b)
    {
        // The rows of B are found in this order, each from those before it.
        bool ascending = lower != transposed;
        for (int step = 0; step < n; step++)
        {
            int i = ascending ? step : n - 1 - step;
            Span<double> row = b.Slice(i * m, m);
            (int first, int end) = lower ? (0, i) : (i + 1, n); // What row i of T has beside the diagonal.
            ReadOnlySpan<double> coefficients = t[(i * n + first)..(i * n + end)];
            Span<double> others = b[(first * m)..(end * m)];
            if (!transposed)
                MatrixProduct.Accumulate(1, m, end - first, coefficients, false, others, false, row, alpha: -1);
            if (!unitDiagonal)
            {
                double diagonal = t[i * n + i];
                foreach (ref double x in row)
                    x /= diagonal;
            }
            if (transposed)
                Outer.Accumulate(end - first, m, coefficients, row, others, alpha: -1);
        }
    }
}
