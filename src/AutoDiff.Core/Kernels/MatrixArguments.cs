namespace AutoDiff.Kernels;

/// <summary>The checks on matrices and vectors handed to the product kernels, which themselves use pointers.</summary>
internal static class MatrixArguments
{
    /// <summary>The contiguous form: every length is exactly that of its matrix, and C apart from A and B.</summary>
    public static void CheckContiguous(int m, int n, int k, ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c)
    {
        CheckLength(nameof(a), a.Length, m, k);
        CheckLength(nameof(b), b.Length, k, n);
        CheckLength(nameof(c), c.Length, m, n);
        CheckApart(nameof(a), a, c);
        CheckApart(nameof(b), b, c);
    }

    /// <summary>The form with leading dimensions: every matrix lies within its span, and C apart from A and B.</summary>
    public static void Check(
        int m, int n, int k, ReadOnlySpan<double> a, int lda, bool transposeA, ReadOnlySpan<double> b, int ldb, bool transposeB,
        ReadOnlySpan<double> c, int ldc)
    {
        (int aRows, int aColumns) = transposeA ? (k, m) : (m, k);
        (int bRows, int bColumns) = transposeB ? (n, k) : (k, n);
        a = Within(nameof(a), a, aRows, aColumns, lda);
        b = Within(nameof(b), b, bRows, bColumns, ldb);
        c = Within(nameof(c), c, m, n, ldc);
        CheckApart(nameof(a), a, aColumns, lda, c, n, ldc);
        CheckApart(nameof(b), b, bColumns, ldb, c, n, ldc);
    }

    /// <summary>The length of a contiguous rows×columns matrix, or of a vector.</summary>
    public static void CheckLength(string name, int length, int rows, int columns = 1)
    {
        if ((rows | columns) < 0 || length != (long)rows * columns)
            throw WrongLength(name, length, rows, columns);
    }

    /// <summary>A result shares no element with an operand.</summary>
    public static void CheckApart(string name, ReadOnlySpan<double> operand, ReadOnlySpan<double> result)
    {
        if (operand.Overlaps(result))
            throw Shared(name, operand.Length, result.Length);
    }

    private static ReadOnlySpan<double> Within(string name, ReadOnlySpan<double> data, int rows, int columns, int leading)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (leading < columns)
            throw new ArgumentException($"Leading dimension {leading} is less than the {columns} columns of the matrix.", name);
        if (rows == 0 || columns == 0)
            return [];
        long needed = (rows - 1L) * leading + columns;
        if (data.Length < needed)
            throw new ArgumentException(
                $"Operand has {data.Length} elements, but {rows}×{columns} with leading dimension {leading} needs {needed}.", name);
        return data[..(int)needed];
    }

    /// <summary>Two parts of one larger matrix may interleave in memory: they are apart if their columns are.</summary>
    private static void CheckApart(
        string name, ReadOnlySpan<double> operand, int columns, int leading, ReadOnlySpan<double> c, int cColumns, int ldc)
    {
        if (!c.Overlaps(operand, out int offset))
            return;
        int firstColumn = leading == ldc ? (offset % ldc + ldc) % ldc : 0;
        if (firstColumn < cColumns || firstColumn + columns > ldc)
            throw Shared(name, operand.Length, c.Length);
    }

    private static ArgumentException WrongLength(string name, int length, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        return new($"Operand has {length} elements, but a {rows}×{columns} matrix has {(long)rows * columns}.", name);
    }

    private static ArgumentException Shared(string name, int operand, int result) =>
        new($"Operand ({operand} elements) and result ({result} elements) share memory: pass a copy of one of them.", name);
}
