namespace AutoDiff.Kernels;

/// <summary>A matrix in pinned memory, its element (i, j) at origin[i·row + j·column]. To transpose is to exchange the strides.</summary>
internal readonly unsafe struct MatrixView(double* origin, nint row, nint column)
{
    public double* Origin => origin;

    public nint Row => row;

    public nint Column => column;

    public MatrixView Transposed => new(origin, column, row);

    /// <summary>The part that begins at element (i, j).</summary>
    public MatrixView From(nint i, nint j) => new(origin + i * row + j * column, row, column);
}
