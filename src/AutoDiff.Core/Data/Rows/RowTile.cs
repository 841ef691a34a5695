using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>Puts rows of data into lanes: a transposition, in blocks of eight by eight.</summary>
internal static unsafe class RowTile
{
    /// <summary>
    /// Writes number j of the row at <paramref name="rows"/>[lane] to place j·width + lane; lanes past the end repeat the last row.
    /// </summary>
    public static void Load(double[,] data, ReadOnlySpan<int> rows, int width, double* target)
    {
        int length = data.GetLength(1);
        if (length == 0)
            return;
        fixed (double* first = data)
        {
            double** source = stackalloc double*[VectorWidth.Block];
            for (int lane = 0; lane < width; lane += VectorWidth.Block)
            {
                for (int i = 0; i < VectorWidth.Block; i++)
                    source[i] = first + (nint)rows[Math.Min(lane + i, rows.Length - 1)] * length;
                if (Avx512F.IsSupported && length >= VectorWidth.Block)
                    LoadEights(source, length, width, target + lane);
                else if (Avx.IsSupported && length >= 4)
                    LoadFours(source, length, width, target + lane);
                else
                    LoadSingly(source, length, width, target + lane);
            }
        }
    }

    // The last block overlaps the one before it, where eight does not divide the length.
    private static void LoadEights(double** source, int length, int width, double* target)
    {
        int j = 0;
        for (; j <= length - VectorWidth.Block; j += VectorWidth.Block)
            Transpose(source, j, target + (nint)j * width, width);
        if (j < length)
            Transpose(source, length - VectorWidth.Block, target + (nint)(length - VectorWidth.Block) * width, width);
    }

    private static void LoadFours(double** source, int length, int width, double* target)
    {
        for (int half = 0; half < VectorWidth.Block; half += 4, source += 4, target += 4)
        {
            int j = 0;
            for (; j <= length - 4; j += 4)
                TransposeFour(source, j, target + (nint)j * width, width);
            if (j < length)
                TransposeFour(source, length - 4, target + (nint)(length - 4) * width, width);
        }
    }

    private static void LoadSingly(double** source, int length, int width, double* target)
    {
        for (int j = 0; j < length; j++)
        {
            Vector512.Create(source[0][j], source[1][j], source[2][j], source[3][j], source[4][j], source[5][j], source[6][j], source[7][j])
                .Store(target + (nint)j * width);
        }
    }

    private static void TransposeFour(double** source, int j, double* target, int width)
    {
        Vector256<double> r0 = Vector256.Load(source[0] + j), r1 = Vector256.Load(source[1] + j), r2 = Vector256.Load(source[2] + j),
            r3 = Vector256.Load(source[3] + j);
        Vector256<double> a0 = Avx.UnpackLow(r0, r1), a1 = Avx.UnpackHigh(r0, r1), a2 = Avx.UnpackLow(r2, r3), a3 = Avx.UnpackHigh(r2, r3);
        Avx.Permute2x128(a0, a2, 0x20).Store(target);
        Avx.Permute2x128(a1, a3, 0x20).Store(target + width);
        Avx.Permute2x128(a0, a2, 0x31).Store(target + 2 * (nint)width);
        Avx.Permute2x128(a1, a3, 0x31).Store(target + 3 * (nint)width);
    }

    private static void Transpose(double** source, int j, double* target, int width)
    {
        Vector512<double> r0 = Vector512.Load(source[0] + j), r1 = Vector512.Load(source[1] + j), r2 = Vector512.Load(source[2] + j),
            r3 = Vector512.Load(source[3] + j);
        Vector512<double> r4 = Vector512.Load(source[4] + j), r5 = Vector512.Load(source[5] + j), r6 = Vector512.Load(source[6] + j),
            r7 = Vector512.Load(source[7] + j);

        // Pairs of neighbours, then quarters, then halves.
        Vector512<double> a0 = Avx512F.UnpackLow(r0, r1), a1 = Avx512F.UnpackHigh(r0, r1), a2 = Avx512F.UnpackLow(r2, r3),
            a3 = Avx512F.UnpackHigh(r2, r3);
        Vector512<double> a4 = Avx512F.UnpackLow(r4, r5), a5 = Avx512F.UnpackHigh(r4, r5), a6 = Avx512F.UnpackLow(r6, r7),
            a7 = Avx512F.UnpackHigh(r6, r7);
        const byte even = 0b10_00_10_00, odd = 0b11_01_11_01;
        Vector512<double> b0 = Avx512F.Shuffle4x128(a0, a2, even), b1 = Avx512F.Shuffle4x128(a1, a3, even),
            b2 = Avx512F.Shuffle4x128(a0, a2, odd), b3 = Avx512F.Shuffle4x128(a1, a3, odd);
        Vector512<double> b4 = Avx512F.Shuffle4x128(a4, a6, even), b5 = Avx512F.Shuffle4x128(a5, a7, even),
            b6 = Avx512F.Shuffle4x128(a4, a6, odd), b7 = Avx512F.Shuffle4x128(a5, a7, odd);
        Avx512F.Shuffle4x128(b0, b4, even).Store(target);
        Avx512F.Shuffle4x128(b1, b5, even).Store(target + width);
        Avx512F.Shuffle4x128(b2, b6, even).Store(target + 2 * (nint)width);
        Avx512F.Shuffle4x128(b3, b7, even).Store(target + 3 * (nint)width);
        Avx512F.Shuffle4x128(b0, b4, odd).Store(target + 4 * (nint)width);
        Avx512F.Shuffle4x128(b1, b5, odd).Store(target + 5 * (nint)width);
        Avx512F.Shuffle4x128(b2, b6, odd).Store(target + 6 * (nint)width);
        Avx512F.Shuffle4x128(b3, b7, odd).Store(target + 7 * (nint)width);
    }
}
