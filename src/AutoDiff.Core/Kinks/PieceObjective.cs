namespace AutoDiff.Engine;

/// <summary>What a lambda did on given sides of its kinks, done again at other points whatever the comparisons would say there.</summary>
internal sealed class PieceObjective(Recording recording, Results result) : Objective
{
    private readonly Program _program = Program.OfPiece(recording, result);

    public override Var Value(VarVector x)
    {
        Check(x.Length);
        if (result.AreConstant)
            return result.Constants[0];
        Interpreter<Var> machine = Run(x);
        Var y = machine.Values[result.First];
        machine.Values.Release();
        machine.Adjoints.Release();
        return y;
    }

    public override double Value(ReadOnlySpan<double> x)
    {
        Check(x.Length);
        _program.TryValue(x, out double value);
        return value;
    }

    public override double Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        Check(x.Length);
        if (gradient.Length != x.Length)
            throw new ShapeMismatchException(
                $"The gradient has room for {gradient.Length} numbers and the point has {x.Length}: give both the same length.");
        _program.TryGradient(x, gradient, out double value);
        return value;
    }

    /// <summary>Whether the function is seen to be affine: its derivative, recorded, is made of constants alone.</summary>
    public bool IsAffine(ReadOnlySpan<double> x)
    {
        Check(x.Length);
        if (result.AreConstant)
            return true;
        Recorder recorder = Recorder.Begin(x);
        try
        {
            VarVector inputs = recorder.Inputs;
            Interpreter<Var> machine = Run(inputs);
            machine.Adjoints[result.First] = 1;
            Reverse(machine);
            bool isAffine = true;
            for (int i = 0; i < x.Length; i++)
                isAffine &= machine.Adjoints[i].IsConstant;
            machine.Values.Release();
            machine.Adjoints.Release();
            return isAffine;
        }
        finally
        {
            recorder.End();
        }
    }

    internal override double HessianProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> product)
    {
        Check(x.Length);
        _program.TryHessianProduct(x, v, product, out double value);
        return value;
    }

    internal override Linearization Linearize(ReadOnlySpan<double> x, Span<double> gradient)
    {
        Check(x.Length);
        return _program.TryLinearize(x, gradient)!;
    }

    private Interpreter<Var> Run(VarVector x)
    {
        Interpreter<Var> machine = new(recording);
        for (int i = 0; i < x.Length; i++)
            machine.Values[i] = x[i];
        machine.Forward();
        return machine;
    }

    // Instructions whose results have no adjoint are passed by: what their partials are does not matter.
    private unsafe void Reverse(Interpreter<Var> machine)
    {
        int slot = recording.SlotCount;
        for (int i = recording.InstructionCount - 1; i >= 0; i--)
        {
            (ushort code, int a, int b) = (recording.Codes[i], recording.Operands[i].A, recording.Operands[i].B);
            int length = code < OpCode.ArrayFlag ? 1 : b;
            slot -= length;
            bool isReached = false;
            for (int k = 0; k < length && !isReached; k++)
                isReached = !machine.Adjoints[slot + k].IsConstant || machine.Adjoints[slot + k].Bits != 0;
            if (isReached)
                Operation.Get(code).Reverse(machine, a, b, slot);
        }
    }

    private void Check(int length)
    {
        if (length != recording.InputCount)
            throw new ShapeMismatchException(
                $"The selection was taken at a point of {recording.InputCount} variables, and this one has {length}.");
    }
}
