using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>An array instruction's operand as it is kept in a recording: where its numbers are and how they repeat.</summary>
internal readonly unsafe struct ArrayOperand
{
    /// <summary>How many integers an operand takes in the side table.</summary>
    public const int Size = 5;

    // Numbers that no derivative is taken of stand in slots too, where a replay puts others in their place.
    private const int InSlots = 0, InReference = 1, InConstants = 2, InInactiveSlots = 3;

    private readonly int _kind, _base, _offset;
    public readonly int RowStride, ColumnStride;

    private ArrayOperand(int kind, int @base, int offset, int rowStride, int columnStride)
    {
        _kind = kind;
        _base = @base;
        _offset = offset;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>Whether derivatives flow through it.</summary>
    public bool IsActive => _kind == InSlots;

    /// <summary>The first slot of an active operand.</summary>
    public int Slot => _base;

    public bool IsScalar => RowStride == 0 && ColumnStride == 0;

    public static ArrayOperand Read(int* extra) => Unsafe.ReadUnaligned<ArrayOperand>(extra);

    public void Write(Span<int> extra)
    {
        extra[0] = _kind;
        extra[1] = _base;
        extra[2] = _offset;
        extra[3] = RowStride;
        extra[4] = ColumnStride;
    }

    public static ArrayOperand From(Recorder recorder, ArrayView view) => view.Owner switch
    {
        Recorder => new(recorder.IsInactive(view.Slot) ? InInactiveSlots : InSlots, view.Slot, 0, view.RowStride, view.ColumnStride),
        Array array =>
            new(InReference, recorder.AddReference(array, (int)view.Word, view.Extent), (int)view.Word, view.RowStride, view.ColumnStride),
        _ => new(InConstants, recorder.AddConstant(BitConverter.UInt64BitsToDouble(view.Word)), 0, 0, 0),
    };

    /// <summary>The operand as it was given, standing in one block.</summary>
    public ArrayView View(Recorder recorder, int rows, int columns) => _kind switch
    {
        InSlots or InInactiveSlots => ArrayView.Contiguous(recorder, recorder.EpochWord | (uint)_base, rows, columns),
        InReference => ArrayView.Contiguous(recorder.Flush().References[_base], (ulong)_offset, rows, columns),
        _ => ArrayView.Scalar(recorder.Flush().Constants[_base]),
    };

    /// <summary>An operand that is no slot, from an element on.</summary>
    public ArrayView Constant(Recording recording, int index) => _kind == InReference
        ? new ArrayView(recording.References[_base], (ulong)(_offset + index), 1, 1, 0, 0)
        : ArrayView.Scalar(recording.Constants[_base]);

    /// <summary>The first of its numbers.</summary>
    public ref double First(Workspace w)
    {
        switch (_kind)
        {
            case InSlots or InInactiveSlots: return ref w.Values[_base];
            case InReference: return ref ArrayView.First((Array)w.Recording.References[_base], _offset);
            default: return ref w.Constants[_base];
        }
    }

    public int Index(int row, int column) => row * RowStride + column * ColumnStride;

    public T Value<T>(Interpreter<T> machine, int row, int column) where T : struct, IScalar<T> => Value(machine, Index(row, column));

    public T Value<T>(Interpreter<T> machine, int index) where T : struct, IScalar<T> => _kind switch
    {
        InSlots or InInactiveSlots => machine.Values[_base + index],
        InReference => T.Constant(Unsafe.Add(ref ArrayView.First((Array)machine.Recording.References[_base], _offset), index)),
        _ => T.Constant(machine.Constant(_base)),
    };
}
