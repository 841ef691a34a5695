using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>
/// The page that explains the library: a recording run forward and backward over any number type. Over <see cref="Real"/> the reverse run
/// gives the gradient. Over dual numbers it is Pearlmutter's R operator: reverse mode carried out in dual arithmetic, whose tangents are
/// Hv. Over <see cref="Var"/> it records the derivative, number by number, which can then be differentiated itself. It is written for
/// reading, and is the oracle of the fast sweeps.
/// </summary>
internal sealed unsafe class Interpreter<T> where T : struct, IScalar<T>
{
    private readonly int _firstInstruction, _endInstruction, _firstSlot, _endSlot;

    /// <summary>An interpreter of a whole recording.</summary>
    public Interpreter(Recording recording)
        : this(recording, 0, recording.InstructionCount, 0, recording.InputCount, recording.SlotCount, null)
    {
    }

    /// <summary>
    /// An interpreter of a recording's instructions from <paramref name="firstInstruction"/> on, the first of which writes
    /// <paramref name="firstSlot"/>. Slots from <paramref name="inputs"/> on are its own; those before are constants, whose values are
    /// given by <paramref name="outside"/>.
    /// </summary>
    public Interpreter(Recording recording, int firstInstruction, int endInstruction, int inputs, int firstSlot, int endSlot, Func<int,
        T>? outside)
    {
        Recording = recording;
        IsAtInfinity = Finite.HasInfinity(new ReadOnlySpan<double>(recording.Values, recording.PointLength));
        (_firstInstruction, _endInstruction, _firstSlot, _endSlot) = (firstInstruction, endInstruction, firstSlot, endSlot);
        Values = new SlotBlock<T>(inputs, endSlot, outside);
        Adjoints = new SlotBlock<T>(inputs, endSlot, null);
        Adjoints.AsSpan(inputs, endSlot - inputs).Fill(T.Constant(Zeros.Structural));
    }

    /// <summary>An interpreter that carries out single operations, for the caller, on values and adjoints that are given.</summary>
    public Interpreter(Recording recording, SlotBlock<T> values, SlotBlock<T> adjoints)
    {
        Recording = recording;
        IsAtInfinity = Finite.HasInfinity(new ReadOnlySpan<double>(recording.Values, recording.PointLength));
        Values = values;
        Adjoints = adjoints;
    }

    /// <summary>The recording that is run.</summary>
    public Recording Recording { get; }

    /// <summary>Values by slot.</summary>
    public SlotBlock<T> Values { get; }

    /// <summary>Adjoints by slot.</summary>
    public SlotBlock<T> Adjoints { get; }

    /// <summary>The slots of norms that are 0 as their adjoints are, if they are known: along a curve these grow as their operands
    /// do.</summary>
    public bool[]? Bends { get; set; }

    /// <summary>Whether an input is infinite.</summary>
    public bool IsAtInfinity { get; }

    public bool IsBent(int slot) => Bends is { } bends && bends[slot];

    public double Constant(int index) => Recording.Constants[index];

    /// <summary>x̄ += φ′ · ȳ.</summary>
    public void Accumulate(int operand, T partial, int result, PartialKind kind = PartialKind.Live) =>
        Add(operand, T.ChainProduct(kind, partial, Adjoints[result]));

    /// <summary>x̄ += change.</summary>
    public void Add(int operand, T change) => Adjoints[operand] = T.Accumulate(Adjoints[operand], change);

    /// <summary>Whether adjoints of a slot are wanted.</summary>
    public bool IsVariable(int operand) => Adjoints.IsVariable(operand);

    /// <summary>Evaluates every instruction; the inputs stand in the first slots.</summary>
    public void Forward()
    {
        int slot = _firstSlot;
        for (int i = _firstInstruction; i < _endInstruction; i++)
        {
            (ushort code, int a, int b) = (Recording.Codes[i], Recording.Operands[i].A, Recording.Operands[i].B);
            Operation.Get(code).Forward(this, a, b, slot);
            slot += code < OpCode.ArrayFlag ? 1 : b;
        }
    }

    /// <summary>Carries the adjoints, seeded by the caller, back to the inputs.</summary>
    public void Reverse()
    {
        int slot = _endSlot;
        for (int i = _endInstruction - 1; i >= _firstInstruction; i--)
        {
            (ushort code, int a, int b) = (Recording.Codes[i], Recording.Operands[i].A, Recording.Operands[i].B);
            slot -= code < OpCode.ArrayFlag ? 1 : b;
            Operation.Get(code).Reverse(this, a, b, slot);
        }
    }
}
