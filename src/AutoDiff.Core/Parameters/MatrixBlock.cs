using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>A named matrix of a <see cref="ParameterLayout"/>, row by row.</summary>
public sealed class MatrixBlock : ParameterBlock
{
    internal MatrixBlock(ParameterLayout layout, string name, int offset, int rows, int columns)
        : base(layout, name, offset, checked(rows * columns))
    {
        Rows = rows;
        Columns = columns;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The matrix in the flat vector <paramref name="x"/>; records nothing.</summary>
    /// <exception cref="ShapeMismatchException">The vector has not the layout's length.</exception>
    public VarMatrix In(VarVector x) => Slice(x).Reshape(Rows, Columns);

    internal override string Shape => $"matrix of {Rows} × {Columns}";

    /// <summary>Uniform in ±1/√columns.</summary>
    internal void Initialize(Span<double> parameters, ref SeededGenerator generator)
    {
        double scale = Math.Sqrt(Columns);
        foreach (ref double weight in Span(parameters))
            weight = (2 * generator.NextUnit() - 1) / scale;
    }
}
