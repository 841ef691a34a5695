namespace AutoDiff.Kernels;

/// <summary>Products of a row-major matrix with a vector, and of two vectors, under the terms of <see cref="MatrixProduct"/>.</summary>
internal static unsafe class MatrixVector
{
    /// <summary>y += α·op(A)·x, with op(A) m×n: A is stored m×n, or n×m when transposed.</summary>
    public static void Accumulate(
        int m, int n, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> x, Span<double> y, double alpha = 1) =>
        Run(m, n, a, transposeA, x, y, alpha, accumulate: true);

    /// <summary>y = α·op(A)·x. What y held does not matter.</summary>
    public static void Assign(
        int m, int n, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> x, Span<double> y, double alpha = 1) =>
        Run(m, n, a, transposeA, x, y, alpha, accumulate: false);

    /// <summary>xᵀy.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        MatrixArguments.CheckLength(nameof(y), y.Length, x.Length);
        double result = 0;
        fixed (double* px = x, py = y)
            Run(1, x.Length, 1, new MatrixView(px, x.Length, 1), py, &result, accumulate: false);
        return result;
    }

    /// <summary>y = α·A·x or y += α·A·x for an m×n matrix with contiguous rows or contiguous columns.</summary>
    internal static void Run(int m, int n, double alpha, MatrixView a, double* x, double* y, bool accumulate)
    {
        if (a.Column == 1)
        {
            Simd.Run(new MatrixRowsKernel(m, n, alpha, a, x, y, accumulate));
            return;
        }

        if (!accumulate)
            new Span<double>(y, m).Clear();
        Simd.Run(new MatrixColumnsKernel(m, n, alpha, a, x, y));
    }

    private static void Run(
        int m, int n, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> x, Span<double> y, double alpha, bool accumulate)
    {
        MatrixArguments.CheckLength(nameof(a), a.Length, m, n);
        MatrixArguments.CheckLength(nameof(x), x.Length, n);
        MatrixArguments.CheckLength(nameof(y), y.Length, m);
        MatrixArguments.CheckApart(nameof(a), a, y);
        MatrixArguments.CheckApart(nameof(x), x, y);
        fixed (double* pa = a, px = x, py = y)
            Run(m, n, alpha, transposeA ? new MatrixView(pa, 1, m) : new MatrixView(pa, n, 1), px, py, accumulate);
    }
}
