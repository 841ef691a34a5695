namespace AutoDiff.Tests.Core.Arrays;

/// <summary>A matrix of hyper-dual numbers, with the textbook's algorithms.</summary>
internal sealed class HyperMatrix(int rows, int columns, Func<int, int, HyperDual> element)
{
    private readonly HyperDual[] _elements = [.. Enumerable.Range(0, rows * columns).Select(k => element(k / columns, k % columns))];

    public int Rows => rows;

    public int Columns => columns;

    public HyperDual this[int i, int j] => _elements[i * columns + j];

    public HyperDual[] Flat => _elements;

    public HyperMatrix Transpose() => new(columns, rows, (i, j) => this[j, i]);

    public IEnumerable<HyperDual[]> EachRow => Enumerable.Range(0, rows).Select(i => _elements[(i * columns)..((i + 1) * columns)]);

    public static HyperMatrix operator *(HyperMatrix x, HyperMatrix y) =>
        new(x.Rows, y.Columns, (i, j) => HyperDual.Sum(Enumerable.Range(0, x.Columns).Select(k => x[i, k] * y[k, j])));

    public static HyperMatrix Identity(int n) => new(n, n, (i, j) => i == j ? 1 : 0);

    /// <summary>A⁻¹B and det A by Gauss–Jordan elimination without exchanges of rows.</summary>
    public (HyperMatrix Solution, HyperDual Determinant) Solve(HyperMatrix b)
    {
        HyperDual[][] a = [.. EachRow.Zip(b.EachRow, (x, y) => x.Concat(y).ToArray())];
        HyperDual determinant = 1;
        for (int k = 0; k < rows; k++)
        {
            determinant *= a[k][k];
            a[k] = [.. a[k].Select(x => x / a[k][k])];
            for (int i = 0; i < rows; i++)
            {
                if (i != k)
                    a[i] = [.. a[i].Zip(a[k], (x, y) => x - a[i][k] * y)];
            }
        }
        return (new(rows, b.Columns, (i, j) => a[i][rows + j]), determinant);
    }

    /// <summary>The lower factor of the symmetric matrix whose lower triangle this holds.</summary>
    public HyperMatrix Cholesky()
    {
        HyperDual[,] l = new HyperDual[rows, rows];
        for (int j = 0; j < rows; j++)
        {
            l[j, j] = HyperDual.Sqrt(this[j, j] - HyperDual.Sum(Enumerable.Range(0, j).Select(k => l[j, k] * l[j, k])));
            for (int i = j + 1; i < rows; i++)
                l[i, j] = (this[i, j] - HyperDual.Sum(Enumerable.Range(0, j).Select(k => l[i, k] * l[j, k]))) / l[j, j];
        }
        return new(rows, rows, (i, j) => l[i, j]);
    }
}
