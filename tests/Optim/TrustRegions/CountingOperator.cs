namespace AutoDiff.Tests.Optim.TrustRegions;

/// <summary>A dense matrix that counts its products.</summary>
internal sealed class CountingOperator(double[,] a) : ILinearOperator
{
    public int Products { get; private set; }

    public int Rows => a.GetLength(0);

    public int Columns => a.GetLength(1);

    public void Apply(ReadOnlySpan<double> vector, Span<double> result)
    {
        Products++;
        double[] copy = vector.ToArray();
        for (int i = 0; i < Rows; i++)
        {
            double sum = 0;
            for (int j = 0; j < Columns; j++)
                sum += a[i, j] * copy[j];
            result[i] = sum;
        }
    }


    public double[] Array(double[] vector) => ((ILinearOperator)this).Apply(vector);
}
