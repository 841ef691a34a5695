namespace AutoDiff;

/// <summary>A named block of a <see cref="ParameterLayout"/>: where it stands in the flat vector. Immutable; safe to share between
/// threads.</summary>
public abstract class ParameterBlock
{
    private protected ParameterBlock(ParameterLayout layout, string name, int offset, int length)
    {
        Layout = layout;
        Name = name;
        Offset = offset;
        Length = length;
    }

    /// <summary>The layout that the block belongs to.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>The name, unique in the layout.</summary>
    public string Name { get; }

    /// <summary>The place of the first number in the flat vector.</summary>
    public int Offset { get; }

    /// <summary>The number of numbers.</summary>
    public int Length { get; }

    /// <summary>The block's numbers in a flat vector of plain numbers.</summary>
    /// <exception cref="ShapeMismatchException">The vector has not the layout's length.</exception>
    public Span<double> Span(Span<double> parameters)
    {
        Layout.CheckLength(parameters.Length, Name);
        return parameters.Slice(Offset, Length);
    }

    /// <summary>The block's numbers in a flat vector of plain numbers.</summary>
    /// <exception cref="ShapeMismatchException">The vector has not the layout's length.</exception>
    public Span<double> Span(double[] parameters) => Span(parameters.AsSpan());

    /// <summary>The block's numbers in a flat vector of plain numbers.</summary>
    /// <exception cref="ShapeMismatchException">The vector has not the layout's length.</exception>
    public ReadOnlySpan<double> Span(ReadOnlySpan<double> parameters)
    {
        Layout.CheckLength(parameters.Length, Name);
        return parameters.Slice(Offset, Length);
    }

    /// <summary>The block as a vector variable; records nothing.</summary>
    private protected VarVector Slice(VarVector x)
    {
        Layout.CheckLength(x.Length, Name);
        return x.Slice(Offset, Length);
    }

    /// <summary>The kind and shape, for messages.</summary>
    internal abstract string Shape { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Shape} at {Offset}";
}
