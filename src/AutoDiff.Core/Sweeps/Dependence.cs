namespace AutoDiff.Engine;

/// <summary>
/// Which slots of a recording, or of a stretch of it, depend on its inputs. A flat result (a rounded number, a flag, StopGradient) does
/// not: no derivative flows through it. What this says is right at every point, not only where the recording was made.
/// </summary>
internal sealed unsafe class Dependence
{
    private readonly Recording _recording;
    private readonly int _inputs;
    private readonly bool[] _dependent;

    /// <summary>For the instructions from <paramref name="firstInstruction"/> on, the first of which writes <paramref name="firstSlot"/>;
    /// the inputs stand before it, and what stands before them counts as constant.</summary>
    public Dependence(Recording recording, int firstInstruction, int endInstruction, int inputs, int firstSlot, int endSlot)
    {
        (_recording, _inputs) = (recording, inputs);
        _dependent = new bool[endSlot - inputs];
        _dependent.AsSpan(0, firstSlot - inputs).Fill(true);
        int slot = firstSlot;
        for (int i = firstInstruction; i < endInstruction; i++)
        {
            (ushort code, int a, int b) = (recording.Codes[i], recording.Operands[i].A, recording.Operands[i].B);
            int length = code < OpCode.ArrayFlag ? 1 : b;
            if (Operation.Get(code).IsDependent(this, a, b))
                _dependent.AsSpan(slot - inputs, length).Fill(true);
            slot += length;
        }
    }

    /// <summary>For a whole recording.</summary>
    public static Dependence Of(Recording recording) =>
        new(recording, 0, recording.InstructionCount, 0, recording.InputCount, recording.SlotCount);

    /// <summary>The numbers of the instructions' side table.</summary>
    public int* Extra => _recording.Extra;

    /// <summary>By slot, from the first input on.</summary>
    public bool[] Flags => _dependent;

    public bool IsVariable(int slot) => slot >= _inputs && _dependent[slot - _inputs];

    public bool IsVariable(int slot, int length) => slot >= _inputs && _dependent.AsSpan(slot - _inputs, length).Contains(true);

    public bool IsVariable(ArrayOperand operand, int length) => operand.IsActive && IsVariable(operand.Slot, length);

    public bool IsVariable(ArrayOperand operand, int rows, int columns) =>
        IsVariable(operand, (operand.RowStride == 0 ? 1 : rows) * (operand.ColumnStride == 0 ? 1 : columns));
}
