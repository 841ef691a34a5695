namespace AutoDiff.Engine;

/// <summary>
/// The page that explains the library: a recording run forward and backward over any number type. Over <see cref="Real"/> the reverse run gives
/// the gradient. Over dual numbers it is Pearlmutter's R operator: reverse mode carried out in dual arithmetic, whose tangents are Hv. Over
/// <see cref="Var"/> it records the derivative, which can then be differentiated itself. It is written for reading, and is the oracle of the fast sweeps.
/// </summary>
internal sealed unsafe class Interpreter<T> where T : struct, IScalar<T>
{
    private readonly Recording _recording;

    public Interpreter(Recording recording)
    {
        _recording = recording;
        Values = new T[recording.SlotCount];
        Adjoints = new T[recording.SlotCount];
    }

    /// <summary>The recording that is run.</summary>
    public Recording Recording => _recording;

    /// <summary>Values by slot.</summary>
    public T[] Values { get; }

    /// <summary>Adjoints by slot.</summary>
    public T[] Adjoints { get; }

    public double Constant(int index) => _recording.Constants[index];

    /// <summary>x̄ += φ′ · ȳ.</summary>
    public void Accumulate(int operand, T partial, int result) => Adjoints[operand] += T.AbsoluteProduct(partial, Adjoints[result]);

    /// <summary>Evaluates every instruction; the inputs stand in the first slots.</summary>
    public void Forward()
    {
        int slot = _recording.InputCount;
        for (int i = 0; i < _recording.InstructionCount; i++)
        {
            (ushort code, int a, int b) = (_recording.Codes[i], _recording.Operands[i].A, _recording.Operands[i].B);
            Operation.Get(code).Forward(this, a, b, slot);
            slot += code < OpCode.ArrayFlag ? 1 : b;
        }
    }

    /// <summary>Carries the adjoints, seeded by the caller, back to the inputs.</summary>
    public void Reverse()
    {
        int slot = _recording.SlotCount;
        for (int i = _recording.InstructionCount - 1; i >= 0; i--)
        {
            (ushort code, int a, int b) = (_recording.Codes[i], _recording.Operands[i].A, _recording.Operands[i].B);
            slot -= code < OpCode.ArrayFlag ? 1 : b;
            Operation.Get(code).Reverse(this, a, b, slot);
        }
    }
}
