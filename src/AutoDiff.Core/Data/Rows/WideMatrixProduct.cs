namespace AutoDiff.Engine;

/// <summary>
/// Z = op(X)·op(Y) for many rows of data, as few large products: a matrix that is the same for all rows meets those that vary side by side.
/// Where both vary, each element is a product of blocks, summed.
/// </summary>
internal static class WideMatrixProduct
{
    /// <summary>Beyond this many elements where both operands vary, row by row is no slower.</summary>
    private const int MostElements = 1024;

    public static Lift TryRecord(
        Widening rows, int m, int n, int k, ArrayView x, bool transposeX, bool xVaries, ArrayView y, bool transposeY, bool yVaries,
            int result)
    {
        if (xVaries && yVaries)
        {
            if (m * (long)n > MostElements)
                return Lift.None;
            RecordElements(rows, m, n, k, x, transposeX, y, transposeY, result);
        }
        else if (yVaries)
            RecordRight(rows, m, n, k, x, transposeX, y, transposeY && n > 1 && k > 1, result);
        else
            RecordLeft(rows, m, n, k, x, transposeX && m > 1 && k > 1, y, transposeY, result);
        return Lift.Wide;
    }

    // Y varies. Stored k × n, with the lanes it is a matrix of k × n·Width.
    private static void RecordRight(
        Widening rows, int m, int n, int k, ArrayView x, bool transposeX, ArrayView y, bool transposeY, int result)
    {
        if (!transposeY)
        {
            rows.Place(result, m * n, Product(rows, m, n * rows.Width, k, x, transposeX, y));
            return;
        }
        for (int j = 0; j < n; j++)
        {
            int column = Product(rows, m, rows.Width, k, x, transposeX, From(y, j * k * rows.Width));
            for (int i = 0; i < m; i++)
                rows.Place(result + i * n + j, 1, column + i * rows.Width);
        }
    }

    // X varies: Zᵀ = op(Y)ᵀ·op(X)ᵀ.
    private static void RecordLeft(
        Widening rows, int m, int n, int k, ArrayView x, bool transposeX, ArrayView y, bool transposeY, int result)
    {
        if (transposeX)
        {
            int all = Product(rows, n, m * rows.Width, k, y, !transposeY, x);
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                    rows.Place(result + i * n + j, 1, all + (j * m + i) * rows.Width);
            }
            return;
        }
        for (int i = 0; i < m; i++)
            rows.Place(result + i * n, n, Product(rows, n, rows.Width, k, y, !transposeY, From(x, i * k * rows.Width)));
    }

    private static void RecordElements(
        Widening rows, int m, int n, int k, ArrayView x, bool transposeX, ArrayView y, bool transposeY, int result)
    {
        int width = rows.Width;
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                ArrayView terms = Elementwise.Apply<Rules.Multiply>(
                    Strided(x, (transposeX ? i : i * k) * width, k, (transposeX ? m : 1) * width, width),
                    Strided(y, (transposeY ? j * k : j) * width, k, (transposeY ? 1 : n) * width, width));
                rows.Place(result + i * n + j, 1, k == 1 ? terms.Slot : Structured.Linear<Rules.SumOverRows>(terms, 1, width).View.Slot);
            }
        }
    }

    private static int Product(Widening rows, int m, int n, int k, ArrayView x, bool transposeX, ArrayView y) =>
        MatrixProductOperation.Record(rows.Recorder, m, n, k, x, transposeX, y, false, Derivative.None);

    private static ArrayView From(ArrayView block, int slots) =>
        new(block.Owner, block.Word + (uint)slots, block.Rows, block.Columns, block.RowStride, block.ColumnStride);

    private static ArrayView Strided(ArrayView block, int slots, int rows, int rowStride, int width) =>
        new(block.Owner, block.Word + (uint)slots, rows, width, rowStride, 1);
}
