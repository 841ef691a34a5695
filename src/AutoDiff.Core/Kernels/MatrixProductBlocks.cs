using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <summary>
/// C = α·A·B or C += α·A·B in blocks that fit the caches, after Goto &amp; van de Geijn, "Anatomy of High-Performance Matrix
/// Multiplication", ACM TOMS 34(3), 2008: a strip of B stays in the first-level cache, a block of A in the second, a tile of C in
/// registers. A is m×k, B k×n, C m×n with contiguous rows; k ≥ 1.
/// </summary>
/// <remarks>
/// The depth is cut into equal blocks by k alone and every element adds up its own products in order. So an element's bits depend on its
/// row of A, its column of B and k, not on the matrices around it, on alignment or on what is packed.
/// </remarks>
internal readonly unsafe struct MatrixProductBlocks(
    int m, int n, int k, double alpha, MatrixView a, MatrixView b, MatrixView c, bool accumulate) : ISimdKernel
{
    private const int RowBlock = 192;
    private const int DepthBlock = 256;
    private const int ColumnBlock = 960;
    private const int VectorsPerTile = 3;

    /// <summary>
    /// B is read where it lies when that saves more than packing does: while one block of rows uses it, and if its rows are contiguous.
    /// A is always read where it lies: packing it gained nothing measurable at any shape.
    /// </summary>
    private bool PacksB => b.Column != 1 || m > RowBlock;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TVector, TSimd>()
        where TVector : unmanaged
        where TSimd : struct, ISimd<TVector>
    {
        int tileColumns = VectorsPerTile * TSimd.Lanes;
        int depthBlock = EvenPart(k, DepthBlock);
        int packedColumns = PacksB ? RoundUp(Math.Min(n, ColumnBlock), TSimd.Lanes) : tileColumns;
        double* tile = MatrixProductScratch.Rent(TSimd.TileRows * tileColumns + packedColumns * depthBlock);
        double* packed = tile + TSimd.TileRows * tileColumns;

        for (int column = 0; column < n; column += ColumnBlock)
        {
            int columns = Math.Min(ColumnBlock, n - column);
            for (int step = 0; step < k; step += depthBlock)
            {
                int depth = Math.Min(depthBlock, k - step);
                for (int row = 0; row < m; row += RowBlock)
                {
                    int rows = Math.Min(RowBlock, m - row);
                    for (int j = 0; j < columns; j += tileColumns)
                    {
                        int width = Math.Min(tileColumns, columns - j);
                        MatrixView strip = b.From(step, column + j);
                        int padded = RoundUp(width, TSimd.Lanes);
                        if (PacksB || padded != width)
                        {
                            var copy = new MatrixView(PacksB ? packed + (nint)j * depth : packed, padded, 1);
                            if (row == 0)
                                MatrixProductPacking.Pack(strip, depth, width, copy);
                            strip = copy;
                        }

                        MultiplyStrip<TVector, TSimd>(
                            rows, width, depth, alpha, a.From(row, step), strip, c.From(row, column + j), accumulate || step > 0, tile);
                    }
                }
            }
        }
    }

    /// <summary>The size of the parts when a length is cut into the fewest equal parts of at most a limit.</summary>
    private static int EvenPart(int length, int limit)
    {
        int parts = (length - 1) / limit + 1;
        return (length - 1) / parts + 1;
    }

    private static int RoundUp(int length, int unit) => (length + unit - 1) / unit * unit;

    /// <summary>One strip of columns of C, tile by tile from top to bottom.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyStrip<TVector, TSimd>(
        int m, int columns, int depth, double alpha, MatrixView a, MatrixView b, MatrixView c, bool accumulate, double* tile)
        where TVector : unmanaged
        where TSimd : struct, ISimd<TVector>
    {
        int vectors = (columns + TSimd.Lanes - 1) / TSimd.Lanes;
        bool ragged = columns < vectors * TSimd.Lanes;
        var whole = new MatrixView(tile, VectorsPerTile * TSimd.Lanes, 1);
        for (int i = 0; i < m; i += TSimd.TileRows)
        {
            int rows = Math.Min(TSimd.TileRows, m - i);
            MatrixView target = c.From(i, 0);
            if (!ragged)
            {
                MultiplyTile<TVector, TSimd>(rows, vectors, depth, alpha, a.From(i, 0), b, target, accumulate);
                continue;
            }

            // A tile that ends within a vector is computed beside the matrix, by the same instructions.
            if (accumulate)
                MatrixProductPacking.Copy(target, rows, columns, whole);
            MultiplyTile<TVector, TSimd>(rows, vectors, depth, alpha, a.From(i, 0), b, whole, accumulate);
            MatrixProductPacking.Copy(whole, rows, columns, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyTile<TVector, TSimd>(
        int rows, int vectors, int depth, double alpha, MatrixView a, MatrixView b, MatrixView c, bool accumulate)
        where TVector : unmanaged
        where TSimd : struct, ISimd<TVector>
    {
        switch (rows > 4, vectors)
        {
            case (true, 3):
                MatrixProductTile<TVector, TSimd, TileCount.Eight, TileCount.Three>.Run(rows, depth, alpha, a, b, c, accumulate);
                break;
            case (true, 2):
                MatrixProductTile<TVector, TSimd, TileCount.Eight, TileCount.Two>.Run(rows, depth, alpha, a, b, c, accumulate);
                break;
            case (true, _):
                MatrixProductTile<TVector, TSimd, TileCount.Eight, TileCount.One>.Run(rows, depth, alpha, a, b, c, accumulate);
                break;
            case (false, 3):
                MatrixProductTile<TVector, TSimd, TileCount.Four, TileCount.Three>.Run(rows, depth, alpha, a, b, c, accumulate);
                break;
            case (false, 2):
                MatrixProductTile<TVector, TSimd, TileCount.Four, TileCount.Two>.Run(rows, depth, alpha, a, b, c, accumulate);
                break;
            case (false, _):
                MatrixProductTile<TVector, TSimd, TileCount.Four, TileCount.One>.Run(rows, depth, alpha, a, b, c, accumulate);
                break;
        }
    }
}
