namespace AutoDiff;

// Selection by a label that comes from data.
public readonly partial struct VarMatrix
{
    /// <summary>The row that <paramref name="label"/> selects, as in an embedding table.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The label is not below the number of rows.</exception>
    public VarVector Row(DataLabel label) => label.Select(Flatten(), Columns, nameof(Row));
}
