namespace AutoDiff.Engine;

/// <summary>A block of slots that hold data or declared parameters: nothing computes them, and their derivatives are zero. Operand B is the
/// length, operand A the complement of the declared parameter's place among the references, or 0.</summary>
internal sealed unsafe class DataOperation : Operation
{
    public static readonly ushort Code = Register(new DataOperation());

    public override string Name => "Data";

    public override bool IsArray => true;

    public override OperationKernels Kernels => new()
    {
        Primal = &Nothing,
        AdjointPlain = &Nothing,
        AdjointAbsolute = &Nothing,
        Plain = new() { Tangent = &None<Plain>, AdjointTangent = &Nothing },
        Absolute = new() { Tangent = &None<Absolute>, AdjointTangent = &Nothing },
        Eight = new() { Tangent = &None<Eight>, AdjointTangent = &Nothing },
    };

    /// <summary>Copies numbers into slots of their own.</summary>
    public static VarVector Record(Recorder recorder, ReadOnlySpan<double> values, Data? parameter = null)
    {
        int slot = recorder.EmitArray(Code, parameter is null ? 0 : ~recorder.AddReference(parameter), values.Length);
        values.CopyTo(new Span<double>(recorder.Values + slot, values.Length));
        return new VarVector(recorder, recorder.EpochWord | (uint)slot, values.Length);
    }

    private static void Nothing(Workspace w, int a, int length, int y)
    {
    }

    private static void None<D>(Workspace w, int a, int length, int y) where D : unmanaged, ITangent<D> =>
        Zeros.Clear<D>(w.Dots, y, length);

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        for (int i = 0; i < b; i++)
            machine.Values[result + i] = T.Constant(machine.Recording.Values[result + i]);
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
    }

    // The row itself is placed beforehand; declared parameters are the same for all rows.
    public override Lift Widen(Widening rows, int a, int b, int result) => Lift.Uniform;

    public override bool IsDependent(Dependence slots, int a, int b) => false;

    public override void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector y, VarVector yBar)
    {
    }
}
