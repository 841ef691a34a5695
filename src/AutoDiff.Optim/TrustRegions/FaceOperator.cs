namespace AutoDiff.Optim.TrustRegions;

/// <summary>H confined to the variables that are free: for vectors that are zero elsewhere, the result is zero elsewhere too.</summary>
internal sealed class FaceOperator(ILinearOperator h, bool[] isFree) : ILinearOperator
{
    public int Rows => h.Rows;

    public int Columns => h.Columns;

    public void Apply(ReadOnlySpan<double> vector, Span<double> result)
    {
        h.Apply(vector, result);
        for (int i = 0; i < isFree.Length; i++)
        {
            if (!isFree[i])
                result[i] = 0;
        }
    }
}
