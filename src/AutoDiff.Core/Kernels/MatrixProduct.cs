namespace AutoDiff.Kernels;

/// <summary>
/// Dense matrix products over row-major storage: C = α·op(A)·op(B) and C += α·op(A)·op(B), with op(A) m×k, op(B) k×n and C m×n, where op is
/// the identity or the transpose. An m×n matrix with leading dimension l keeps its element (i, j) at i·l + j; without one, l = n.
/// </summary>
/// <remarks>
/// The same arguments give the same bits: an element's summation order depends on the shape alone, not on alignment or earlier calls. NaN
/// and ∞ propagate as IEEE 754 has it, no factor of zero is skipped. (With <see cref="NativeBlas"/> switched on, large products have its
/// bits.) C must share no element with A or B. Nothing is allocated once the calling thread has done a product as large.
/// </remarks>
internal static unsafe class MatrixProduct
{
    /// <summary>C += α·op(A)·op(B), contiguous matrices.</summary>
    public static void Accumulate(
        int m, int n, int k, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> b, bool transposeB, Span<double> c,
        double alpha = 1)
    {
        MatrixArguments.CheckContiguous(m, n, k, a, b, c);
        Run(m, n, k, a, transposeA ? m : k, transposeA, b, transposeB ? k : n, transposeB, c, n, alpha, accumulate: true);
    }

    /// <summary>C += α·op(A)·op(B), with leading dimensions.</summary>
    public static void Accumulate(
        int m, int n, int k, ReadOnlySpan<double> a, int lda, bool transposeA, ReadOnlySpan<double> b, int ldb, bool transposeB,
        Span<double> c, int ldc, double alpha = 1)
    {
        MatrixArguments.Check(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc);
        Run(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, alpha, accumulate: true);
    }

    /// <summary>C = α·op(A)·op(B), contiguous matrices. What C held does not matter.</summary>
    public static void Assign(
        int m, int n, int k, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> b, bool transposeB, Span<double> c,
        double alpha = 1)
    {
        MatrixArguments.CheckContiguous(m, n, k, a, b, c);
        Run(m, n, k, a, transposeA ? m : k, transposeA, b, transposeB ? k : n, transposeB, c, n, alpha, accumulate: false);
    }

    /// <summary>C = α·op(A)·op(B), with leading dimensions. What C held does not matter.</summary>
    public static void Assign(
        int m, int n, int k, ReadOnlySpan<double> a, int lda, bool transposeA, ReadOnlySpan<double> b, int ldb, bool transposeB,
        Span<double> c, int ldc, double alpha = 1)
    {
        MatrixArguments.Check(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc);
        Run(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, alpha, accumulate: false);
    }

    /// <summary>
    /// C += op(A)·op(B), contiguous matrices, with an absolute zero: a product with a factor of −0 is −0 even where the other factor is ±∞
    /// or NaN, and no other is −0 (see <see cref="Engine.Zeros"/>). Plain loops, for the rare pass that needs them.
    /// </summary>
    public static void AccumulateAbsoluteZero(
        int m, int n, int k, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> b, bool transposeB, Span<double> c)
    {
        MatrixArguments.CheckContiguous(m, n, k, a, b, c);
        AccumulateAbsoluteZero(m, n, k, a, transposeA ? m : k, transposeA, b, transposeB ? k : n, transposeB, c, n);
    }

    /// <summary>C += op(A)·op(B) with an absolute zero, with leading dimensions.</summary>
    public static void AccumulateAbsoluteZero(
        int m, int n, int k, ReadOnlySpan<double> a, int lda, bool transposeA, ReadOnlySpan<double> b, int ldb, bool transposeB,
        Span<double> c, int ldc)
    {
        MatrixArguments.Check(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = Engine.Zeros.Structural;
                for (int p = 0; p < k; p++)
                    sum += Engine.Zeros.Product(a[transposeA ? p * lda + i : i * lda + p], b[transposeB ? j * ldb + p : p * ldb + j]);
                c[i * ldc + j] += sum;
            }
        }
    }

    /// <summary>Chooses the kernel by shape: outer and vector products where a dimension is one, otherwise blocks and register tiles, or a
    /// native library where that is asked for.</summary>
    private static void Run(
        int m, int n, int k, ReadOnlySpan<double> a, int lda, bool transposeA, ReadOnlySpan<double> b, int ldb, bool transposeB,
        Span<double> c, int ldc, double alpha, bool accumulate)
    {
        if (m == 0 || n == 0)
            return;
        if (k <= 1 && !accumulate)
        {
            for (int i = 0; i < m; i++)
                c.Slice(i * ldc, n).Clear();
        }
        if (k == 0)
            return;

        fixed (double* pa = a, pb = b, pc = c)
        {
            MatrixView aView = transposeA ? new(pa, 1, lda) : new(pa, lda, 1);
            MatrixView bView = transposeB ? new(pb, 1, ldb) : new(pb, ldb, 1);
            if (k == 1 && n == 1 && ldc == 1 && aView.Row == 1)
                Simd.Run(new OuterKernel(1, m, alpha, pb, pa, new MatrixView(pc, m, 1)));
            else if (k == 1 && (m == 1 || aView.Row == 1) && (n == 1 || bView.Column == 1))
                Simd.Run(new OuterKernel(m, n, alpha, pa, pb, new MatrixView(pc, ldc, 1)));
            else if (n == 1 && ldc == 1 && bView.Row == 1)
                MatrixVector.Run(m, k, alpha, aView, pb, pc, accumulate);
            else if (m == 1 && aView.Column == 1)
                MatrixVector.Run(n, k, alpha, bView.Transposed, pa, pc, accumulate);
            else if (NativeBlas.Enabled && NativeBlasLibrary.Takes(m, n, k, alpha) && NativeBlasLibrary.Found is { } native)
                native.Multiply(m, n, k, alpha, pa, lda, transposeA, pb, ldb, transposeB, pc, ldc, accumulate);
            else
                Simd.Run(new MatrixProductBlocks(m, n, k, alpha, aView, bView, new MatrixView(pc, ldc, 1), accumulate));
        }
    }
}
