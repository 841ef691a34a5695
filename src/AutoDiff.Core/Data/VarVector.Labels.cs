namespace AutoDiff;

// Selection by a label that comes from data.
public readonly partial struct VarVector
{
    /// <summary>The element that <paramref name="label"/> selects.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The label is not below the length.</exception>
    public Var this[DataLabel label] => label.Select(this, 1, "Selection by label")[0];

    /// <summary>−ln softmax(x) at <paramref name="label"/>: the log-sum-exp of the differences from that element, accurate also where it is
    /// tiny.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The label is not below the length.</exception>
    public Var CrossEntropy(DataLabel label) => (this - label.Select(this, 1, nameof(CrossEntropy))).LogSumExp();
}
