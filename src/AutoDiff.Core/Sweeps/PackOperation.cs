namespace AutoDiff.Engine;

/// <summary>
/// A block gathered from scalars anywhere: operand A is the offset in the side table of one integer an element, a slot or the complement of
/// a constant's index.
/// </summary>
internal sealed unsafe class PackOperation : Operation
{
    public static readonly ushort Code = Register(new PackOperation());

    public override string Name => "Pack";

    public override bool IsArray => true;

    public override OperationParts? Parts(Recording recording, int a, int b) => new(b);

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint<Plain>,
        AdjointAbsolute = &Adjoint<Absolute>,
        Plain = new() { Tangent = &Tangent<Plain>, AdjointTangent = &AdjointTangent<Plain> },
        Absolute = new() { Tangent = &Tangent<Absolute>, AdjointTangent = &AdjointTangent<Absolute> },
        Eight = new() { Tangent = &Tangent<Eight>, AdjointTangent = &AdjointTangent<Eight> },
    };

    public static VarVector Pack(ReadOnlySpan<Var> elements)
    {
        Recorder? recorder = null;
        bool inPlace = true;
        for (int i = 0; i < elements.Length; i++)
        {
            if (!elements[i].IsConstant)
                recorder = elements[i].Checked("VarVector.Of");
            inPlace &= !elements[i].IsConstant && elements[i].Slot == elements[0].Slot + i;
        }
        if (recorder is null)
        {
            double[] constants = new double[elements.Length];
            for (int i = 0; i < constants.Length; i++)
                constants[i] = elements[i].Bits;
            return constants;
        }
        if (inPlace)
            return new VarVector(recorder, elements[0].Word, elements.Length);
        int[] operands = new int[elements.Length];
        for (int i = 0; i < operands.Length; i++)
            operands[i] = elements[i].IsConstant ? ~recorder.AddConstant(elements[i].Bits) : elements[i].Slot;
        int offset = recorder.AddExtra(operands);
        int slot = recorder.EmitArray(Code, offset, operands.Length);
        recorder.Compute(&Primal, offset, operands.Length, slot);
        return new VarVector(recorder, recorder.EpochWord | (uint)slot, operands.Length);
    }

    private static void Primal(Workspace w, int a, int length, int y)
    {
        for (int i = 0; i < length; i++)
            w.Values[y + i] = w.ValueOf(w.Extra[a + i]);
    }

    private static void Tangent<D>(Workspace w, int a, int length, int y) where D : unmanaged, ITangent<D>
    {
        D* dots = (D*)w.Dots;
        for (int i = 0; i < length; i++)
            dots[y + i] = w.Extra[a + i] is >= 0 and int slot ? dots[slot] : D.None;
    }

    private static void Adjoint<D>(Workspace w, int a, int length, int y) where D : unmanaged, ITangent<D> =>
        ScatterAdd((D*)w.Bars, w.Extra + a, length, y);

    private static void AdjointTangent<D>(Workspace w, int a, int length, int y) where D : unmanaged, ITangent<D> =>
        ScatterAdd((D*)w.BarDots, w.Extra + a, length, y);

    private static void ScatterAdd<D>(D* block, int* operands, int length, int y) where D : unmanaged, ITangent<D>
    {
        for (int i = 0; i < length; i++)
        {
            if (operands[i] >= 0)
                block[operands[i]] += block[y + i];
        }
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        for (int i = 0; i < b; i++)
        {
            int operand = machine.Recording.Extra[a + i];
            machine.Values[result + i] = operand >= 0 ? machine.Values[operand] : T.Constant(machine.Constant(~operand));
        }
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        for (int i = 0; i < b; i++)
        {
            int operand = machine.Recording.Extra[a + i];
            if (operand >= 0)
                machine.Adjoints[operand] += machine.Adjoints[result + i];
        }
    }

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        List<ArrayView> pieces = [];
        bool varies = false;
        for (int i = 0; i < b; i++)
        {
            int operand = rows.Source.Extra[a + i];
            varies |= operand >= 0 && rows.Varies(operand);
        }
        if (!varies)
            return Lift.Uniform;
        for (int i = 0; i < b; i++)
        {
            int operand = rows.Source.Extra[a + i];
            ArrayView element = operand >= 0 ? rows.Element(operand) : rows.Constant(rows.Source.Constants[~operand]);
            pieces.Add(operand >= 0 && rows.Varies(operand) ? element : rows.Spread(element));
        }
        rows.Place(result, b, rows.Join(pieces));
        return Lift.Wide;
    }

    public override bool IsDependent(Dependence slots, int a, int b)
    {
        for (int i = 0; i < b; i++)
        {
            if (slots.IsVariable(slots.Extra[a + i]))
                return true;
        }
        return false;
    }

    public override void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector y, VarVector yBar)
    {
        for (int i = 0; i < y.Length; i++)
            sweep.Add(sweep.Extra[a + i], yBar[i]); // The complement of a constant's index is no variable.
    }
}
