using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>
/// What array variables are made of: a block of rows × columns numbers, either slots of a recording, or a constant array of the caller's,
/// which is referenced and not copied. A stride of 0 repeats a row or an element (broadcast).
/// </summary>
internal readonly unsafe struct ArrayView
{
    /// <summary>The recorder, or the constant <see cref="Array"/> of doubles, or null for a single constant.</summary>
    public readonly object? Owner;

    /// <summary>Epoch and first slot; or the offset into the array; or the bits of the single constant.</summary>
    public readonly ulong Word;

    public readonly int Rows, Columns, RowStride, ColumnStride;

    public ArrayView(object? owner, ulong word, int rows, int columns, int rowStride, int columnStride)
    {
        Owner = owner;
        Word = word;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    public static ArrayView Scalar(Var x) => new(x.Owner, x.Word, 1, 1, 0, 0);

    public static ArrayView Contiguous(object? owner, ulong word, int rows, int columns) => new(owner, word, rows, columns, columns, 1);

    public bool IsRecorded => Owner is Recorder;

    public int Slot => (int)(uint)Word;

    public int Length => Rows * Columns;

    /// <summary>How far its numbers reach from the first on.</summary>
    public int Extent => Length == 0 ? 0 : (Rows - 1) * RowStride + (Columns - 1) * ColumnStride + 1;

    public bool IsContiguous => (ColumnStride == 1 || Columns == 1) && (RowStride == Columns || Rows == 1);

    /// <summary>This view repeated to a larger shape, where it has one row, one column or both.</summary>
    public ArrayView BroadcastTo(int rows, int columns) =>
        new(Owner, Word, rows, columns, Rows == 1 && rows != 1 ? 0 : RowStride, Columns == 1 && columns != 1 ? 0 : ColumnStride);

    /// <summary>The recorder, checked to be the current one; null for constants.</summary>
    public Recorder? Live(string operation)
    {
        if (Owner is not Recorder owner)
            return null;
        if ((Word ^ owner.EpochWord) >> 32 != 0 || !(owner.IsOnOwnStack() || owner.IsCurrent))
            Recorder.ThrowMisused(owner, Word, operation);
        return owner;
    }

    /// <summary>The numbers, if they stand in one block.</summary>
    public ReadOnlySpan<double> Numbers
    {
        get
        {
            if (!IsContiguous)
                throw new InvalidOperationException("A strided view has no contiguous numbers.");
            return Owner switch
            {
                Recorder recorder => new ReadOnlySpan<double>(recorder.Values + Slot, Length),
                Array array => MemoryMarshal.CreateReadOnlySpan(ref First(array, (int)Word), Length),
                _ => throw new InvalidOperationException("A single constant has no numbers."),
            };
        }
    }

    /// <summary>The numbers of a constant view, written out if it is a single constant.</summary>
    public ReadOnlySpan<double> Expand()
    {
        if (Length == 0)
            return default;
        if (Owner is not null)
            return Numbers;
        double[] repeated = new double[Length];
        repeated.AsSpan().Fill(BitConverter.UInt64BitsToDouble(Word));
        return repeated;
    }

    /// <summary>This view, a single constant being written out to an array that can be referred to.</summary>
    public ArrayView Stored() => Owner is null && Length > 0 ? Contiguous(Expand().ToArray(), 0, Rows, Columns) : this;

    public static ref double First(Array array, int offset) =>
        ref Unsafe.Add(ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(array)), offset);

    /// <summary>The two shapes' common shape under broadcasting (equal, or 1).</summary>
    public static (int Rows, int Columns) CommonShape(ArrayView x, ArrayView y, string operation)
    {
        int rows = x.Rows == y.Rows || y.Rows == 1 ? x.Rows : x.Rows == 1 ? y.Rows : -1;
        int columns = x.Columns == y.Columns || y.Columns == 1 ? x.Columns : x.Columns == 1 ? y.Columns : -1;
        if (rows < 0 || columns < 0)
            throw new ShapeMismatchException(
                $"{operation}: the operands have shapes {x.Shape} and {y.Shape}. They must be equal, or 1 where they differ.");
        Size(rows, columns, operation);
        return (rows, columns);
    }

    /// <summary>The number of elements of a result, which must be one that an array can have.</summary>
    public static int Size(int rows, int columns, string operation) => (long)rows * columns is var size && size <= int.MaxValue
        ? (int)size
        : throw new ShapeMismatchException(
            $"{operation}: the result would be {rows} × {columns}, {size:N0} elements; an array has at most {int.MaxValue:N0}.");

    public string Shape => Rows == 1 ? $"[{Columns}]" : $"[{Rows}×{Columns}]";
}
