namespace AutoDiff.Optim.Symmetries;

/// <summary>d/dε of (A·(I + εE))·((I + εE)⁻¹·B): dA = A·E, dB = −E·B, with E = eᵢeⱼᵀ, or eᵢeⱼᵀ − eⱼeᵢᵀ for an orthogonal gauge.</summary>
internal sealed class FactorizationSymmetry(int rows, int rank, int columns, bool isOrthogonal) : Symmetry
{
    internal override string Name => "gauge motions";

    internal override void AddTangents(ReadOnlySpan<double> x, List<double[]> tangents)
    {
        if (x.Length != (long)rank * (rows + (long)columns))
            throw new ShapeMismatchException(
                $"Factors of {rows} × {rank} and {rank} × {columns} have {(long)rank * (rows + (long)columns)} elements, and x has {x.Length}.");
        List<double[]> kind = [];
        for (int i = 0; i < rank; i++)
        {
            for (int j = isOrthogonal ? i + 1 : 0; j < rank; j++)
            {
                double[] tangent = new double[x.Length];
                Add(x, i, j, 1, tangent);
                if (isOrthogonal)
                    Add(x, j, i, -1, tangent);
                kind.Add(tangent);
            }
        }
        TangentSpace.Add(kind, tangents);
    }

    // Column j of A gets column i, row i of B loses row j.
    private void Add(ReadOnlySpan<double> x, int i, int j, double sign, double[] tangent)
    {
        for (int row = 0; row < rows; row++)
            tangent[row * rank + j] += sign * x[row * rank + i];
        int b = rows * rank;
        for (int column = 0; column < columns; column++)
            tangent[b + i * columns + column] -= sign * x[b + j * columns + column];
    }
}
