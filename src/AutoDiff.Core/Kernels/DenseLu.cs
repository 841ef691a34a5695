namespace AutoDiff.Kernels;

/// <summary>
/// P·A = L·U by partial pivoting, in blocks of columns, row-major and in place: U on and above the diagonal, L, whose diagonal is ones,
/// below it (Golub and Van Loan, Matrix Computations, 4th ed., § 3.4). The row exchanged with row k stands in pivots[k], as a number, so
/// that factors can live among other numbers.
/// </summary>
internal static class DenseLu
{
    private const int BlockSize = 32;

    /// <summary>Factors A. False, with A left in pieces, if a pivot is zero or not finite.</summary>
    public static bool Factor(int n, Span<double> a, Span<double> pivots)
    {
        for (int first = 0; first < n; first += BlockSize)
        {
            int end = Math.Min(first + BlockSize, n), rest = n - end;
            for (int k = first; k < end; k++)
            {
                int pivot = LargestBelow(n, a, k);
                pivots[k] = pivot;
                if (pivot != k)
                    Exchange(a.Slice(k * n, n), a.Slice(pivot * n, n));
                double diagonal = a[k * n + k];
                if (diagonal == 0 || !double.IsFinite(diagonal))
                    return false;
                for (int i = k + 1; i < n; i++)
                {
                    double factor = a[i * n + k] /= diagonal;
                    for (int j = k + 1; j < end; j++)
                        a[i * n + j] -= factor * a[k * n + j];
                }
            }
            if (rest == 0)
                continue;
            for (int i = first + 1; i < end; i++)
                MatrixProduct.Accumulate(
                    1, rest, i - first, a[(i * n + first)..], n, false, a[(first * n + end)..], n, false, a[(i * n + end)..], n, alpha: -1);
            MatrixProduct.Accumulate(
                rest, rest, end - first, a[(end * n + first)..], n, false, a[(first * n + end)..], n, false, a[(end * n + end)..], n,
                alpha: -1);
        }
        return true;
    }

    /// <summary>B = op(A)⁻¹·B for n×m B, from the factors of A.</summary>
    public static void Solve(int n, int m, ReadOnlySpan<double> factors, ReadOnlySpan<double> pivots, bool transposed, Span<double> b)
    {
        for (int k = 0; !transposed && k < n; k++)
            Exchange(b.Slice(k * m, m), b.Slice((int)pivots[k] * m, m));
        DenseTriangular.Solve(n, m, factors, lower: !transposed, transposed, unitDiagonal: !transposed, b);
        DenseTriangular.Solve(n, m, factors, lower: transposed, transposed, unitDiagonal: transposed, b);
        for (int k = n - 1; transposed && k >= 0; k--)
            Exchange(b.Slice(k * m, m), b.Slice((int)pivots[k] * m, m));
    }

    private static int LargestBelow(int n, ReadOnlySpan<double> a, int column)
    {
        int largest = column;
        for (int i = column + 1; i < n; i++)
        {
            if (Math.Abs(a[i * n + column]) > Math.Abs(a[largest * n + column]))
                largest = i;
        }
        return largest;
    }

    private static void Exchange(Span<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
            (x[i], y[i]) = (y[i], x[i]);
    }
}
