namespace AutoDiff.Engine;

/// <summary>What became of an instruction when it was widened.</summary>
internal enum Lift
{
    /// <summary>Its operands are the same for all rows, and so is its result.</summary>
    Uniform,

    /// <summary>It was recorded for many rows at once.</summary>
    Wide,

    /// <summary>It has no form for many rows.</summary>
    None,
}

/// <summary>
/// Records what a lambda did at one row of data for <see cref="Width"/> rows at once, as operations on arrays. A number that is the same
/// for all rows keeps its slot, as an input of the wide recording; one that varies gets <see cref="Width"/> slots, a lane for each row, and
/// an array of n a block of n × <see cref="Width"/>. Each operation says by itself what it becomes (<see cref="Operation.Widen"/>).
/// </summary>
internal sealed class Widening
{
    private const int Uniform = -1, PutOff = -2;

    // By slot of the source: the first of its lanes, or Uniform, or PutOff.
    private readonly int[] _place;

    private readonly Dictionary<int, (Operation Operation, int A, int B)> _putOff = [];

    public Widening(Recorder recorder, Recording source, int width)
    {
        (Recorder, Source, Width) = (recorder, source, width);
        _place = new int[source.SlotCount];
        _place.AsSpan().Fill(Uniform);
    }

    /// <summary>Writes the wide recording.</summary>
    public Recorder Recorder { get; }

    /// <summary>What the lambda did at one row.</summary>
    public Recording Source { get; }

    /// <summary>The number of rows.</summary>
    public int Width { get; }

    /// <summary>The first lane of a slot that varies, or −1; what was put off is recorded now.</summary>
    public int LaneOf(int slot)
    {
        if (_putOff.Remove(slot, out (Operation Operation, int A, int B) step))
            step.Operation.Widen(this, step.A, step.B, slot);
        return _place[slot];
    }

    /// <summary>Leaves out a scalar instruction that varies, unless another asks for its result.</summary>
    public void Postpone(Operation operation, int a, int b, int slot)
    {
        _place[slot] = PutOff;
        _putOff.Add(slot, (operation, a, b));
    }

    /// <summary>Whether numbers that stand side by side vary and have their lanes in the same order.</summary>
    public bool IsBlock(int slot, int length)
    {
        int lane = _place[slot];
        for (int i = 0; i < length; i++)
        {
            if (lane < 0 || _place[slot + i] != lane + i * Width)
                return false;
        }
        return true;
    }

    /// <summary>Whether a constant array of the caller's was copied.</summary>
    public bool CopiesConstants { get; private set; }

    public bool Varies(int slot) => _place[slot] != Uniform;

    public bool Varies(int slot, int length) => _place.AsSpan(slot, length).ContainsAnyExcept(Uniform);

    /// <summary>Whether any number of an operand varies.</summary>
    public bool Varies(in ArrayOperand x, int rows, int columns)
    {
        for (int i = 0; x.IsActive && i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                if (Varies(x.Slot + x.Index(i, j)))
                    return true;
            }
        }
        return false;
    }

    /// <summary>The result of an instruction stands in the lanes from <paramref name="lane"/> on.</summary>
    public void Place(int slot, int length, int lane)
    {
        for (int i = 0; i < length; i++)
            _place[slot + i] = lane + i * Width;
    }

    /// <summary>The result of a scalar instruction.</summary>
    public void Place(int slot, ArrayView lanes) => Place(slot, 1, lanes.Slot);

    /// <summary>A scalar, 1 × <see cref="Width"/>.</summary>
    public ArrayView Element(int slot) => Varies(slot) ? View(LaneOf(slot), 1, Width, 1) : View(slot, 1, 0, 0);

    /// <summary>A constant, 1 × <see cref="Width"/>.</summary>
    public ArrayView Constant(double value) => new(null, BitConverter.DoubleToUInt64Bits(value), 1, Width, 0, 0);

    /// <summary>One row of an operand, <paramref name="columns"/> × <see cref="Width"/>.</summary>
    public ArrayView Row(in ArrayOperand x, int row, int columns)
    {
        int first = x.Index(row, 0);
        if (!x.IsActive)
        {
            ArrayView constant = x.Constant(Source, first);
            return new(constant.Owner, constant.Word, columns, Width, x.ColumnStride, 0);
        }
        int slot = x.Slot + first;
        if (x.ColumnStride == 0)
            return Varies(slot) ? View(LaneOf(slot), columns, 0, 1) : View(slot, columns, 0, 0);
        return Varies(slot, columns) ? Block(slot, columns) : View(slot, columns, 1, 0);
    }

    /// <summary>Numbers that stand side by side, as a block of <paramref name="length"/> × <see cref="Width"/> in one piece.</summary>
    public ArrayView Block(int slot, int length)
    {
        for (int i = 0; i < length; i++)
            LaneOf(slot + i);
        return IsBlock(slot, length) ? View(_place[slot], length, Width, 1) : Gather(slot, length);
    }

    /// <summary>The same for an operand that has no strides.</summary>
    public ArrayView Block(in ArrayOperand x, int length)
    {
        if (x.IsActive && length > 0 && Varies(x.Slot, length))
            return Block(x.Slot, length);
        return Spread(Row(x, 0, length));
    }

    /// <summary>An operand that does not vary and has no strides, as it is.</summary>
    public ArrayView Operand(in ArrayOperand x, int length)
    {
        if (x.IsActive)
            return ArrayView.Contiguous(Recorder, Recorder.EpochWord | (uint)x.Slot, 1, length);
        ArrayView constant = x.Constant(Source, 0);
        return ArrayView.Contiguous(constant.Owner, constant.Word, 1, length);
    }

    /// <summary>Pieces one after the other, as one block; its first lane.</summary>
    public int Join(List<ArrayView> pieces)
    {
        VarVector[] parts = new VarVector[pieces.Count];
        int length = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new VarVector(pieces[i].Owner, pieces[i].Word, pieces[i].Length);
            length += parts[i].Length;
        }
        return ConcatOperation.Concat(parts, length).View.Slot;
    }

    /// <summary>What does not vary, written out for every row.</summary>
    public ArrayView Spread(ArrayView uniform) =>
        uniform.Owner is Recorder
            ? Elementwise.Apply<Rules.Multiply>(uniform, ArrayView.Scalar(1.0).BroadcastTo(uniform.Rows, uniform.Columns))
            : Written(uniform);

    private ArrayView Written(ArrayView constant)
    {
        CopiesConstants |= constant.Owner is not null;
        double[] numbers = new double[constant.Length];
        for (int k = 0; k < numbers.Length; k++)
            numbers[k] = Elementwise.At(constant, k / constant.Columns, k % constant.Columns);
        return ArrayView.Contiguous(numbers, 0, constant.Rows, constant.Columns);
    }

    // Some of the numbers vary, or they are not in order.
    private ArrayView Gather(int slot, int length)
    {
        List<ArrayView> pieces = [];
        for (int i = 0; i < length; i++)
            pieces.Add(Varies(slot + i) ? Element(slot + i) : Spread(Element(slot + i)));
        return View(Join(pieces), length, Width, 1);
    }

    private ArrayView View(int slot, int rows, int rowStride, int columnStride) =>
        new(Recorder, Recorder.EpochWord | (uint)slot, rows, Width, rowStride, columnStride);
}
