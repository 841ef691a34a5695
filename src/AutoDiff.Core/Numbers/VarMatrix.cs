using System.Diagnostics;
using System.Runtime.InteropServices;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

/// <summary>
/// A matrix, row by row, that a differentiated lambda computes with: a block of a recording's slots, or a constant array, which is
/// referenced and not copied. Transposing records nothing where a matrix product takes it; other operations write a transposed matrix out.
/// </summary>
/// <remarks>
/// Immutable; lives as long as the call of the lambda that it was made in, on that call's thread (see <see cref="Var"/>). Operators are
/// elementwise, an operand with one row or one column being repeated (broadcast); a <see cref="VarVector"/> counts as a row. Matrix
/// products are <see cref="MatMul(VarMatrix)"/>: m·n·k multiplications, twice that in an adjoint sweep and up to four times in a
/// Hessian-vector product.
/// </remarks>
[DebuggerDisplay("{ToLogText(),nq}")]
public readonly unsafe partial struct VarMatrix
{
    private readonly object? _owner;
    private readonly ulong _word;
    private readonly bool _transposed;

    internal VarMatrix(object? owner, ulong word, int rows, int columns, bool transposed)
    {
        _owner = owner;
        _word = word;
        Rows = rows;
        Columns = columns;
        _transposed = transposed;
    }

    internal VarMatrix(ArrayView view) : this(view.Owner, view.Word, view.Rows, view.Columns, false)
    {
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>Whether this is a constant array, on which nothing depends.</summary>
    public bool IsConstant => _owner is not Recorder;

    /// <summary>As stored: the transpose's block if this is transposed.</summary>
    internal ArrayView Block =>
        _transposed ? ArrayView.Contiguous(_owner, _word, Columns, Rows) : ArrayView.Contiguous(_owner, _word, Rows, Columns);

    /// <summary>Row by row, written out if need be.</summary>
    internal ArrayView View => _transposed
        ? Structured.Linear<Transpose>(Block, Rows, Columns, [Columns, Rows]).Reshape(Rows, Columns).Block
        : Block;

    /// <summary>A constant matrix that refers to <paramref name="values"/> without copying them.</summary>
    public static implicit operator VarMatrix(double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new VarMatrix(values, 0, values.GetLength(0), values.GetLength(1), false);
    }

    /// <summary>The vectors as rows.</summary>
    /// <exception cref="ShapeMismatchException">The vectors differ in length.</exception>
    public static VarMatrix Stack(params ReadOnlySpan<VarVector> rows)
    {
        int columns = rows.Length == 0 ? 0 : rows[0].Length;
        foreach (VarVector row in rows)
        {
            if (row.Length != columns)
                throw new ShapeMismatchException($"Stack: rows of {columns} and {row.Length} elements.");
        }
        return VarVector.Concat(rows).Reshape(rows.Length, columns);
    }

    /// <summary>The element in row <paramref name="row"/> and column <paramref name="column"/>; records nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the matrix.</exception>
    public Var this[int row, int column]
    {
        get
        {
            if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
                throw new ArgumentOutOfRangeException(nameof(row), $"Element ({row}, {column}) is outside a matrix of {Rows} × {Columns}.");
            return Flat[_transposed ? column * Rows + row : row * Columns + column];
        }
    }

    /// <summary>Row <paramref name="row"/>; records nothing unless the matrix is transposed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the matrix.</exception>
    public VarVector Row(int row)
    {
        Check(row, Rows, "Row", nameof(row));
        return _transposed ? BlockColumns(row, 1) : Flat.Slice(row * Columns, Columns);
    }

    /// <summary>Column <paramref name="column"/>; one instruction unless the matrix is transposed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is outside the matrix.</exception>
    public VarVector Column(int column)
    {
        Check(column, Columns, "Column", nameof(column));
        return _transposed ? Flat.Slice(column * Rows, Rows) : BlockColumns(column, 1);
    }

    /// <summary>The rows and columns in the given ranges. Whole rows record nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside the matrix.</exception>
    public VarMatrix this[Range rows, Range columns]
    {
        get
        {
            (int row, int height) = Part(rows, Rows, "Rows", nameof(rows));
            (int column, int width) = Part(columns, Columns, "Columns", nameof(columns));
            VarMatrix whole = new VarMatrix(View).Flat.Slice(row * Columns, height * Columns).Reshape(height, Columns);
            return width == Columns ? whole : whole.BlockColumns(column, width).Reshape(height, width);
        }
    }

    /// <summary>The elements row by row; records nothing unless the matrix is transposed.</summary>
    public VarVector Flatten() => new VarMatrix(View).Flat;

    /// <summary>The same elements as <paramref name="rows"/> × <paramref name="columns"/>, row by row.</summary>
    /// <exception cref="ShapeMismatchException">The number of elements differs.</exception>
    public VarMatrix Reshape(int rows, int columns) => Flatten().Reshape(rows, columns);

    /// <summary>The transpose; records nothing by itself.</summary>
    public VarMatrix Transpose() => new(_owner, _word, Columns, Rows, !_transposed);

    /// <summary>A copy of the values. Derivatives do not follow it, and the recording cannot be replayed at another point.</summary>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public double[,] ToValues()
    {
        VarVector flat = Flatten();
        flat.Live(nameof(ToValues))?.MarkEscaped("the values of a matrix were read");
        double[,] values = new double[Rows, Columns];
        if (flat.Length > 0)
            flat.View.Numbers.CopyTo(MemoryMarshal.CreateSpan(ref values[0, 0], flat.Length));
        return values;
    }

    /// <summary>The first rows as text, in the invariant culture; a stale matrix says so instead of throwing.</summary>
    /// <remarks>Text lets values leave the recording: what is made of it is not known at another point. For logs there is
    /// <see cref="ToLogText"/>.</remarks>
    public override string ToString()
    {
        ArrayText.Mark(Block, "matrix");
        return ToLogText();
    }

    /// <summary>The first rows as text for logs and for people who debug. It leaves no mark, so nothing that the lambda returns or does may
    /// depend on it; a stale matrix says so instead of throwing.</summary>
    public string ToLogText() => ArrayText.OfMatrix(_transposed ? new(_owner, _word, Rows, Columns, 1, Rows) : Block);

    private void Check(int index, int count, string what, string parameter)
    {
        if ((uint)index >= (uint)count)
            throw new ArgumentOutOfRangeException(parameter, $"{what} {index} is outside a matrix of {Rows} × {Columns}.");
    }

    private (int Start, int Length) Part(Range range, int count, string what, string parameter)
    {
        int start = range.Start.GetOffset(count), end = range.End.GetOffset(count);
        return (uint)start <= (uint)end && (uint)end <= (uint)count
            ? (start, end - start)
            : throw new ArgumentOutOfRangeException(parameter, $"{what} {range} are outside a matrix of {Rows} × {Columns}.");
    }

    private VarVector Flat => new(_owner, _word, Rows * Columns);

    private VarVector BlockColumns(int first, int width)
    {
        ArrayView block = Block;
        return Structured.Linear<Columns>(block, block.Rows, width, [first, block.Columns, width]);
    }
}
