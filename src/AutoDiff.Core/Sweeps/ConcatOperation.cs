namespace AutoDiff.Engine;

/// <summary>Blocks one after the other: operand A is the offset of [number of parts, (length, operand) of each] in the side
/// table.</summary>
internal sealed unsafe class ConcatOperation : Operation
{
    public static readonly ushort Code = Register(new ConcatOperation());

    private const int PartSize = 1 + ArrayOperand.Size;

    public override string Name => "Concat";

    public override bool IsArray => true;

    public override OperationParts? Parts(Recording recording, int a, int b) => new(b);

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint,
        AdjointAbsolute = &Adjoint,
        Plain = new() { Tangent = &Tangent<Plain>, AdjointTangent = &AdjointTangent<Real> },
        Absolute = new() { Tangent = &Tangent<Absolute>, AdjointTangent = &AdjointTangent<Real> },
        Eight = new() { Tangent = &Tangent<Eight>, AdjointTangent = &AdjointTangent<Lanes8> },
    };

    public static VarVector Concat(ReadOnlySpan<VarVector> parts, int length)
    {
        Recorder? recorder = null;
        foreach (VarVector part in parts)
            recorder = part.Live("Concat") ?? recorder;
        if (recorder is null)
        {
            List<double> constants = new(length);
            foreach (VarVector part in parts)
                constants.AddRange(part.View.Expand());
            return constants.ToArray();
        }
        int[] extra = new int[1 + parts.Length * PartSize];
        extra[0] = parts.Length;
        for (int i = 0; i < parts.Length; i++)
        {
            extra[1 + i * PartSize] = parts[i].Length;
            ArrayOperand.From(recorder, parts[i].View.Stored()).Write(extra.AsSpan(2 + i * PartSize));
        }
        int offset = recorder.AddExtra(extra);
        int slot = recorder.EmitArray(Code, offset, length);
        recorder.Compute(&Primal, offset, length, slot);
        return new VarVector(recorder, recorder.EpochWord | (uint)slot, length);
    }

    private static (int Length, ArrayOperand Operand) Part(int* extra, int part) =>
        (extra[1 + part * PartSize], ArrayOperand.Read(extra + 2 + part * PartSize));

    private static void Primal(Workspace w, int a, int length, int y)
    {
        int* extra = w.Extra + a;
        for (int part = 0; part < extra[0]; part++)
        {
            (int n, ArrayOperand operand) = Part(extra, part);
            if (n > 0)
                System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref operand.First(w), n).CopyTo(
                    new Span<double>(w.Values + y, n));
            y += n;
        }
    }

    private static void Tangent<D>(Workspace w, int a, int length, int y) where D : unmanaged, ITangent<D>
    {
        int* extra = w.Extra + a;
        for (int part = 0; part < extra[0]; part++)
        {
            (int n, ArrayOperand operand) = Part(extra, part);
            Span<D> target = new((D*)w.Dots + y, n);
            if (operand.IsActive)
                new Span<D>((D*)w.Dots + operand.Slot, n).CopyTo(target);
            else
                target.Fill(D.None);
            y += n;
        }
    }

    private static void Adjoint(Workspace w, int a, int length, int y) => AddBack<Real>(w.Bars, w.Extra + a, y);

    private static void AdjointTangent<T>(Workspace w, int a, int length, int y) where T : unmanaged, IScalar<T> =>
        AddBack<T>(w.BarDots, w.Extra + a, y);

    private static void AddBack<T>(double* block, int* extra, int y) where T : unmanaged, IScalar<T>
    {
        for (int part = 0; part < extra[0]; part++)
        {
            (int n, ArrayOperand operand) = Part(extra, part);
            if (operand.IsActive)
                Strands.Add(new ReadOnlySpan<T>((T*)block + y, n), new Span<T>((T*)block + operand.Slot, n));
            y += n;
        }
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        for (int part = 0; part < machine.Recording.Extra[a]; part++)
        {
            (int n, ArrayOperand operand) = Part(machine.Recording.Extra + a, part);
            for (int i = 0; i < n; i++)
                machine.Values[result++] = operand.Value(machine, i);
        }
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        for (int part = 0; part < machine.Recording.Extra[a]; part++)
        {
            (int n, ArrayOperand operand) = Part(machine.Recording.Extra + a, part);
            if (operand.IsActive)
                Strands.Add<T>(machine.Adjoints.AsSpan(result, n), machine.Adjoints.AsSpan(operand.Slot, n));
            result += n;
        }
    }

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        int* extra = rows.Source.Extra + a;
        bool varies = false;
        for (int part = 0; part < extra[0]; part++)
        {
            (int n, ArrayOperand operand) = Part(extra, part);
            varies |= operand.IsActive && rows.Varies(operand.Slot, n);
        }
        if (!varies)
            return Lift.Uniform;
        List<ArrayView> pieces = [];
        for (int part = 0; part < extra[0]; part++)
        {
            (int n, ArrayOperand operand) = Part(extra, part);
            if (n > 0)
                pieces.Add(rows.Block(operand, n));
        }
        rows.Place(result, b, rows.Join(pieces));
        return Lift.Wide;
    }

    public override bool IsDependent(Dependence slots, int a, int b)
    {
        for (int part = 0; part < slots.Extra[a]; part++)
        {
            (int n, ArrayOperand operand) = Part(slots.Extra + a, part);
            if (slots.IsVariable(operand, n))
                return true;
        }
        return false;
    }

    public override void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector y, VarVector yBar)
    {
        int start = 0;
        for (int part = 0; part < sweep.Extra[a]; part++)
        {
            (int n, ArrayOperand operand) = Part(sweep.Extra + a, part);
            if (operand.IsActive)
                sweep.Add(operand.Slot, yBar.Slice(start, n));
            start += n;
        }
    }
}
