namespace AutoDiff.Kernels;

/// <summary>The outer product of two vectors, under the terms of <see cref="MatrixProduct"/>.</summary>
internal static unsafe class Outer
{
    /// <summary>A += α·x·yᵀ, with A m×n.</summary>
    public static void Accumulate(int m, int n, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> a, double alpha = 1)
    {
        MatrixArguments.CheckLength(nameof(x), x.Length, m);
        MatrixArguments.CheckLength(nameof(y), y.Length, n);
        MatrixArguments.CheckLength(nameof(a), a.Length, m, n);
        MatrixArguments.CheckApart(nameof(x), x, a);
        MatrixArguments.CheckApart(nameof(y), y, a);
        fixed (double* px = x, py = y, pa = a)
            Simd.Run(new OuterKernel(m, n, alpha, px, py, new MatrixView(pa, n, 1)));
    }
}
