namespace AutoDiff;

/// <summary>A named number of a <see cref="ParameterLayout"/>.</summary>
public sealed class ScalarBlock : ParameterBlock
{
    internal ScalarBlock(ParameterLayout layout, string name, int offset) : base(layout, name, offset, 1)
    {
    }

    /// <summary>The number in the flat vector <paramref name="x"/>; records nothing.</summary>
    /// <exception cref="ShapeMismatchException">The vector has not the layout's length.</exception>
    public Var In(VarVector x) => Slice(x)[0];

    internal override string Shape => "scalar";
}
