namespace AutoDiff.Engine;

/// <summary>
/// Differentiation inside a differentiated function: the inner function is recorded into the caller's recording over inputs of its own (so that an outer
/// variable is a constant to it even if it is the same point), and the derivative of that stretch is recorded after it.
/// </summary>
internal sealed class Nested
{
    private readonly Recorder _recorder;
    private readonly int _firstInstruction, _firstSlot;

    private Nested(Recorder recorder, VarVector inputs)
    {
        _recorder = recorder;
        Inputs = inputs;
        _firstInstruction = recorder.InstructionCount;
        _firstSlot = recorder.SlotCount;
    }

    /// <summary>The inner function's inputs: a copy of the point in slots of its own.</summary>
    public VarVector Inputs { get; }

    /// <summary>Starts a stretch at <paramref name="x"/>; null if x is constant and nothing is being recorded, so that plain numbers will do.</summary>
    public static Nested? Begin(VarVector x, string operation)
    {
        if (x.Live(operation) is { } recorder)
            return new Nested(recorder, Structured.Linear<Rules.Copy>(x.View, 1, x.Length));
        return Recorder.Current is { } current ? new Nested(current, DataOperation.Record(current, x.View.Expand())) : null;
    }

    /// <summary>∂⟨seed, output⟩/∂inputs, recorded.</summary>
    public VarVector Vjp(VarVector output, VarVector seed)
    {
        Interpreter<Var> machine = Machine(Handle);
        for (int slot = FirstInput; slot < _recorder.SlotCount; slot++)
            machine.Values[slot] = Handle(slot);
        if (!output.IsConstant)
            Seed(machine, output, i => seed[i]);
        machine.Reverse();
        return Collect(machine, x => x);
    }

    /// <summary>∂output/∂inputs · v, recorded.</summary>
    public VarVector Jvp(VarVector output, VarVector v)
    {
        if (output.IsConstant)
            return new double[output.Length];
        Interpreter<Jet<Var>> machine = DualMachine(v);
        machine.Forward();
        Var[] tangents = new Var[output.Length];
        for (int i = 0; i < tangents.Length; i++)
            tangents[i] = machine.Values[output[i].Slot].Tangent;
        return VarVector.Of(tangents);
    }

    /// <summary>The product of output's Hessian by v: reverse mode in dual arithmetic, recorded.</summary>
    public VarVector Hvp(Var output, VarVector v)
    {
        if (output.IsConstant)
            return new double[Inputs.Length];
        Interpreter<Jet<Var>> machine = DualMachine(v);
        machine.Forward();
        machine.Adjoints[output.Slot] = Jet<Var>.Constant(1);
        machine.Reverse();
        return Collect(machine, x => x.Tangent);
    }

    private int FirstInput => Inputs.Length == 0 ? _firstSlot : _firstSlot - Inputs.Length;

    private Interpreter<T> Machine<T>(Func<int, T> outside) where T : struct, IScalar<T> =>
        new(_recorder.Flush(), _firstInstruction, _recorder.InstructionCount, FirstInput, _firstSlot, _recorder.SlotCount, outside);

    private Interpreter<Jet<Var>> DualMachine(VarVector v)
    {
        Interpreter<Jet<Var>> machine = Machine(slot => Jet<Var>.Constant(Handle(slot)));
        for (int i = 0; i < Inputs.Length; i++)
            machine.Values[FirstInput + i] = new Jet<Var>(Inputs[i], v[i]);
        return machine;
    }

    private Var Handle(int slot) => new(_recorder, _recorder.EpochWord | (uint)slot);

    private static void Seed(Interpreter<Var> machine, VarVector output, Func<int, Var> seed)
    {
        for (int i = 0; i < output.Length; i++)
            machine.Adjoints[output[i].Slot] += seed(i);
    }

    private VarVector Collect<T>(Interpreter<T> machine, Func<T, Var> select) where T : struct, IScalar<T>
    {
        Var[] adjoints = new Var[Inputs.Length];
        for (int i = 0; i < adjoints.Length; i++)
            adjoints[i] = select(machine.Adjoints[FirstInput + i]);
        return VarVector.Of(adjoints);
    }
}
