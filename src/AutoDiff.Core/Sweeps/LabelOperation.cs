namespace AutoDiff.Engine;

/// <summary>
/// y = block ℓ of x, where ℓ is the number in a data slot: linear in x, flat in ℓ. Operand A is the offset of [slot of ℓ, length of x, x]
/// in the side table, B the length of a block.
/// </summary>
internal sealed unsafe class LabelOperation : Operation
{
    public static readonly ushort Code = Register(new LabelOperation());

    public override string Name => "Label";

    public override bool IsArray => true;

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint<Plain>,
        AdjointAbsolute = &Adjoint<Absolute>,
        Plain = new() { Tangent = &Tangent<Plain>, AdjointTangent = &AdjointTangent<Plain> },
        Absolute = new() { Tangent = &Tangent<Absolute>, AdjointTangent = &AdjointTangent<Absolute> },
        Eight = new() { Tangent = &Tangent<Eight>, AdjointTangent = &AdjointTangent<Eight> },
    };

    private readonly struct Layout(int* extra)
    {
        public readonly int Label = extra[0], Length = extra[1];
        public readonly ArrayOperand X = ArrayOperand.Read(extra + 2);

        /// <summary>Whether a number selects a block. Where one does not in a replay, a comparison of the recording fails, and the lambda
        /// runs instead.</summary>
        public bool IsLabel(double number, int width) => Guard.Evaluate(Comparison.IsLabel, number, Length / width);

        /// <summary>The selected block's first element.</summary>
        public int First(double label, int width) => IsLabel(label, width)
            ? (int)label * width
            : throw new ArgumentOutOfRangeException(nameof(label), label, $"A label is no whole number from 0 to {Length / width - 1}.");
    }

    public static VarVector Record(Recorder recorder, VarVector x, int label, int width)
    {
        Span<int> extra = stackalloc int[2 + ArrayOperand.Size];
        (extra[0], extra[1]) = (label, x.Length);
        ArrayOperand.From(recorder, x.View.Stored()).Write(extra[2..]);
        int offset = recorder.AddExtra(extra);
        int slot = recorder.EmitArray(Code, offset, width);
        recorder.Compute(&Primal, offset, width, slot);
        return new VarVector(recorder, recorder.EpochWord | (uint)slot, width);
    }

    private static void Primal(Workspace w, int a, int width, int y)
    {
        Layout layout = new(w.Extra + a);
        if (!layout.IsLabel(w.Values[layout.Label], width))
        {
            new Span<double>(w.Values + y, width).Fill(double.NaN);
            return;
        }
        ref double first = ref System.Runtime.CompilerServices.Unsafe.Add(
            ref layout.X.First(w), layout.First(w.Values[layout.Label], width));
        System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref first, width).CopyTo(new Span<double>(w.Values + y, width));
    }

    private static void Tangent<D>(Workspace w, int a, int width, int y) where D : unmanaged, ITangent<D>
    {
        Layout layout = new(w.Extra + a);
        Span<D> target = new((D*)w.Dots + y, width);
        if (layout.X.IsActive)
            new Span<D>((D*)w.Dots + layout.X.Slot + layout.First(w.Values[layout.Label], width), width).CopyTo(target);
        else
            target.Fill(D.None);
    }

    private static void Adjoint<D>(Workspace w, int a, int width, int y) where D : unmanaged, ITangent<D> =>
        AddBack(w, (D*)w.Bars, a, width, y);

    private static void AdjointTangent<D>(Workspace w, int a, int width, int y) where D : unmanaged, ITangent<D> =>
        AddBack(w, (D*)w.BarDots, a, width, y);

    private static void AddBack<D>(Workspace w, D* block, int a, int width, int y) where D : unmanaged, ITangent<D>
    {
        Layout layout = new(w.Extra + a);
        if (!layout.X.IsActive)
            return;
        D* target = block + layout.X.Slot + layout.First(w.Values[layout.Label], width);
        for (int i = 0; i < width; i++)
            target[i] += block[y + i];
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        int first = layout.First(T.Primal(machine.Values[layout.Label]), b);
        for (int i = 0; i < b; i++)
            machine.Values[result + i] = layout.X.Value(machine, first + i);
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        if (!layout.X.IsActive)
            return;
        int first = layout.First(T.Primal(machine.Values[layout.Label]), b);
        for (int i = 0; i < b; i++)
            machine.Adjoints[layout.X.Slot + first + i] += machine.Adjoints[result + i];
    }

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        Layout layout = new(rows.Source.Extra + a);
        if (!rows.Varies(layout.Label) && !rows.Varies(layout.X, 1, layout.Length))
            return Lift.Uniform;
        rows.Place(result, b, WideLabelOperation.Record(rows, layout.Label, layout.X, layout.Length, b));
        return Lift.Wide;
    }
}
