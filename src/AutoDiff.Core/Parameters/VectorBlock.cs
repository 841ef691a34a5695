namespace AutoDiff;

/// <summary>A named vector of a <see cref="ParameterLayout"/>.</summary>
public sealed class VectorBlock : ParameterBlock
{
    internal VectorBlock(ParameterLayout layout, string name, int offset, int length) : base(layout, name, offset, length)
    {
    }

    /// <summary>The vector in the flat vector <paramref name="x"/>; records nothing.</summary>
    /// <exception cref="ShapeMismatchException">The vector has not the layout's length.</exception>
    public VarVector In(VarVector x) => Slice(x);

    internal override string Shape => $"vector of {Length}";
}
