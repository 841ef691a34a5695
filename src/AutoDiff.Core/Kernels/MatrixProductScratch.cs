namespace AutoDiff.Kernels;

/// <summary>The calling thread's working memory for packed blocks: grown when a larger product comes along, kept for the next.</summary>
internal static unsafe class MatrixProductScratch
{
    private const int LineBytes = 64;

    [ThreadStatic]
    private static double[]? _memory;

    /// <summary>At least <paramref name="length"/> doubles, uninitialized, aligned to a cache line, until the thread's next call.</summary>
    public static double* Rent(int length)
    {
        int padded = length + LineBytes / sizeof(double);
        double[]? memory = _memory;
        if (memory is null || memory.Length < padded)
            _memory = memory = GC.AllocateUninitializedArray<double>(padded, pinned: true);

        // Pinned when allocated, hence it does not move when the fixed statement is left.
        fixed (double* start = memory)
            return (double*)(((nuint)start + (LineBytes - 1)) & ~(nuint)(LineBytes - 1));
    }
}
