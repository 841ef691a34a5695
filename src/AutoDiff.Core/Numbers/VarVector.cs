using System.Diagnostics;
using System.Runtime.CompilerServices;
using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff;

/// <summary>
/// A vector that a differentiated lambda computes with: a block of a recording's slots, or a constant array, which is referenced and not
/// copied. One operation on a whole vector is one recorded instruction and runs in SIMD; indexing and slicing record nothing.
/// </summary>
/// <remarks>
/// Immutable; lives as long as the call of the lambda that it was made in, on that call's thread (see <see cref="Var"/>). A constant array
/// must not be written to while a recording that refers to it is in use, nor by the lambda itself: a change after its use throws when a
/// derivative is taken, and a later one when it is noticed (at once in arrays of at most 512 numbers, at the eighth sweep in longer ones).
/// Operators are elementwise; matrix products are <see cref="VarMatrix.MatMul(VarMatrix)"/>, <see cref="VarMatrix.MatMul(VarVector)"/> and
/// <see cref="Dot"/>.
/// </remarks>
[DebuggerDisplay("{ToLogText(),nq}")]
public readonly unsafe partial struct VarVector
{
    private readonly object? _owner;
    private readonly ulong _word;

    internal VarVector(object? owner, ulong word, int length)
    {
        _owner = owner;
        _word = word;
        Length = length;
    }

    internal VarVector(ArrayView view) : this(view.Owner, view.Word, view.Length)
    {
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>Whether this is a constant array, on which nothing depends.</summary>
    public bool IsConstant => _owner is not Recorder;

    internal ArrayView View => ArrayView.Contiguous(_owner, _word, 1, Length);

    internal Recorder? Live(string operation) => View.Live(operation);

    /// <summary>A constant vector that refers to <paramref name="values"/> without copying them.</summary>
    public static implicit operator VarVector(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new VarVector(values, 0, values.Length);
    }

    /// <summary>A vector of the given scalars. Where they follow one another in the recording already, nothing is recorded.</summary>
    /// <exception cref="VariableException">A scalar's recording has ended, is another's, or is another thread's.</exception>
    public static VarVector Of(params ReadOnlySpan<Var> elements) => PackOperation.Pack(elements);

    /// <summary>The vectors one after the other; one instruction for each that is not in place already.</summary>
    public static VarVector Concat(params ReadOnlySpan<VarVector> parts)
    {
        int length = 0;
        foreach (VarVector part in parts)
            length = checked(length + part.Length);
        return ConcatOperation.Concat(parts, length);
    }

    /// <summary>Element <paramref name="index"/>; records nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside 0 … Length − 1.</exception>
    public Var this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)Length)
                ThrowIndex(index);
            return _owner is Recorder owner ? new Var(owner, _word + (uint)index) : ConstantAt(index);
        }
    }

    /// <summary>Element <paramref name="index"/>, counted from either end; records nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the vector.</exception>
    public Var this[Index index]
    {
        get
        {
            int offset = index.GetOffset(Length);
            return (uint)offset < (uint)Length
                ? this[offset]
                : throw new ArgumentOutOfRangeException(nameof(index), $"Index {index} is outside a vector of {Length} elements.");
        }
    }

    /// <summary>A part of this vector; records nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is outside the vector.</exception>
    public VarVector this[Range range]
    {
        get
        {
            int start = range.Start.GetOffset(Length), end = range.End.GetOffset(Length);
            return (uint)start <= (uint)end && (uint)end <= (uint)Length
                ? Slice(start, end - start)
                : throw new ArgumentOutOfRangeException(nameof(range), $"The range {range} is outside a vector of {Length} elements.");
        }
    }

    /// <summary>The <paramref name="length"/> elements from <paramref name="start"/> on; records nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part is outside the vector.</exception>
    public VarVector Slice(int start, int length)
    {
        if (start < 0 || length < 0 || start > Length - length)
            throw new ArgumentOutOfRangeException(
                nameof(start), $"The part [{start}, {start} + {length}) is outside a vector of {Length} elements.");
        return new VarVector(_owner, _word + (uint)start, length);
    }

    /// <summary>The block of <paramref name="rows"/> × <paramref name="columns"/> elements from <paramref name="offset"/> on, row by row,
    /// as a matrix; records nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The block is outside the vector.</exception>
    public VarMatrix Matrix(int offset, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Slice(offset, checked(rows * columns));
        return new VarMatrix(_owner, _word + (uint)offset, rows, columns, false);
    }

    /// <summary>All elements as a matrix of <paramref name="rows"/> × <paramref name="columns"/>, row by row; records nothing.</summary>
    /// <exception cref="ShapeMismatchException">rows · columns is not the length.</exception>
    public VarMatrix Reshape(int rows, int columns)
    {
        if ((long)rows * columns != Length)
            throw new ShapeMismatchException($"Reshape: a vector of {Length} elements is no matrix of {rows} × {columns}.");
        return Matrix(0, rows, columns);
    }

    /// <summary>This vector as a matrix of one row.</summary>
    public VarMatrix AsRow() => Reshape(1, Length);

    /// <summary>This vector as a matrix of one column, which an elementwise operation repeats along the columns of the other
    /// operand.</summary>
    public VarMatrix AsColumn() => Reshape(Length, 1);

    /// <summary>
    /// A copy of the values. Reading them lets values leave the recording: derivatives do not follow, and the recording cannot be replayed
    /// at another point.
    /// </summary>
    /// <exception cref="VariableException">The recording has ended, is another's, or is another thread's.</exception>
    public double[] ToValues()
    {
        Live(nameof(ToValues))?.MarkEscaped("the values of a vector were read");
        return Length == 0 ? [] : View.Numbers.ToArray();
    }

    private Var ConstantAt(int index) =>
        _owner is Array array ? ArrayView.First(array, (int)_word + index) : BitConverter.UInt64BitsToDouble(_word);

    private void ThrowIndex(int index) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"Index {index} is outside a vector of {Length} elements.");
}
