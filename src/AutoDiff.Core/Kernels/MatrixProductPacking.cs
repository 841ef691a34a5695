using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Kernels;

/// <summary>Copies parts of a matrix into working memory and back.</summary>
internal static unsafe class MatrixProductPacking
{
    /// <summary>Copies elements into rows of target.Row doubles; those from <paramref name="columns"/> on become zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(MatrixView source, int rows, int columns, MatrixView target)
    {
        if (columns < target.Row)
            new Span<double>(target.Origin, rows * (int)target.Row).Clear();
        if (source.Column == 1)
            Copy(source, rows, columns, target);
        else
            CopyByColumns(source, rows, columns, target);
    }

    /// <summary>Copies <paramref name="rows"/>×<paramref name="columns"/> elements between matrices of contiguous rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(MatrixView source, int rows, int columns, MatrixView target)
    {
        double* from = source.Origin, to = target.Origin;
        for (int i = 0; i < rows; i++, from += source.Row, to += target.Row)
        {
            int j = 0;
            for (; j <= columns - 4; j += 4)
                Vector256.Load(from + j).Store(to + j);
            for (; j < columns; j++)
                to[j] = from[j];
        }
    }

    /// <summary>Four columns at a time, which are contiguous in a transposed matrix.</summary>
    private static void CopyByColumns(MatrixView source, int rows, int columns, MatrixView target)
    {
        int j = 0;
        for (; j <= columns - 4; j += 4)
        {
            int done = 0;
            if (Avx.IsSupported && source.Row == 1)
                for (; done <= rows - 4; done += 4)
                    TransposeFour(source.From(done, j), target.From(done, j));
            for (int column = j; column < j + 4; column++)
                CopyColumn(source.From(done, column), rows - done, target.From(done, column));
        }

        for (; j < columns; j++)
            CopyColumn(source.From(0, j), rows, target.From(0, j));
    }

    private static void CopyColumn(MatrixView source, int rows, MatrixView target)
    {
        double* from = source.Origin, to = target.Origin;
        for (int i = 0; i < rows; i++, from += source.Row, to += target.Row)
            *to = *from;
    }

    /// <summary>A 4×4 block from contiguous columns to contiguous rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFour(MatrixView source, MatrixView target)
    {
        double* from = source.Origin, to = target.Origin;
        Vector256<double> column0 = Vector256.Load(from), column1 = Vector256.Load(from + source.Column);
        Vector256<double> column2 = Vector256.Load(from + 2 * source.Column), column3 = Vector256.Load(from + 3 * source.Column);
        Vector256<double> even01 = Avx.UnpackLow(column0, column1), odd01 = Avx.UnpackHigh(column0, column1);
        Vector256<double> even23 = Avx.UnpackLow(column2, column3), odd23 = Avx.UnpackHigh(column2, column3);
        Avx.Permute2x128(even01, even23, 0x20).Store(to);
        Avx.Permute2x128(odd01, odd23, 0x20).Store(to + target.Row);
        Avx.Permute2x128(even01, even23, 0x31).Store(to + 2 * target.Row);
        Avx.Permute2x128(odd01, odd23, 0x31).Store(to + 3 * target.Row);
    }
}
