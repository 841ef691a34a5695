using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// y = block ℓ of x for many rows of data, each with its label ℓ, in lanes or the same for all: a gather, whose transpose scatters and
/// adds. A lane whose number is no label takes block 0; a comparison of the recording fails there. Operand A is the offset of [slot of ℓ,
/// its stride, length of x, block length, width, stride of x from element to element, from lane to lane, x] in the side table, B the block
/// length times the width.
/// </summary>
internal sealed unsafe class WideLabelOperation : WideOperation
{
    public static readonly ushort Code = Register(new WideLabelOperation());

    private const int Header = 7;

    public override string Name => "WideLabel";

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint,
        AdjointAbsolute = &Adjoint,
        Plain = new() { Tangent = &Tangent, AdjointTangent = &AdjointTangent },
        Absolute = new() { Tangent = &TangentAbsolute, AdjointTangent = &AdjointTangent },
        Eight = new() { Tangent = &OneAtATime, AdjointTangent = &OneAtATime },
    };

    private readonly struct Layout(int* extra)
    {
        public readonly int Label = extra[0], LabelStride = extra[1], Length = extra[2], Size = extra[3], Width = extra[4];
        public readonly int ElementStride = extra[5], LaneStride = extra[6];
        public readonly ArrayOperand X = ArrayOperand.Read(extra + Header);

        /// <summary>Where in x the block begins that a lane selects.</summary>
        public int First(double* values, int lane) => First(values[Label + lane * LabelStride], lane);

        public int First(double label, int lane) =>
            (Guard.Evaluate(Comparison.IsLabel, label, Length / Size) ? (int)label * Size * ElementStride : 0) + lane * LaneStride;
    }

    /// <summary>Records the selection, computes it, and returns its first lane.</summary>
    public static int Record(Widening rows, int label, in ArrayOperand x, int length, int size)
    {
        bool varies = x.IsActive && rows.Varies(x.Slot, length);
        Span<int> extra = stackalloc int[Header + ArrayOperand.Size];
        (extra[0], extra[1]) = rows.Varies(label) ? (rows.LaneOf(label), 1) : (label, 0);
        (extra[2], extra[3], extra[4]) = (length, size, rows.Width);
        (extra[5], extra[6]) = varies ? (rows.Width, 1) : (1, 0);
        ArrayOperand.From(rows.Recorder, varies ? rows.Block(x.Slot, length) : rows.Operand(x, length)).Write(extra[Header..]);
        int offset = rows.Recorder.AddExtra(extra), slot = rows.Recorder.EmitArray(Code, offset, size * rows.Width);
        rows.Recorder.Compute(&Primal, offset, size * rows.Width, slot);
        return slot;
    }

    public override bool IsDependent(Dependence slots, int a, int b)
    {
        Layout layout = new(slots.Extra + a);
        return slots.IsVariable(layout.X, layout.LaneStride == 0 ? layout.Length : layout.Length * layout.Width);
    }

    private static void Primal(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Extra + a);
        Gather(w, layout, ref layout.X.First(w), new LaneBlock(w.Values + y, layout.Width));
    }

    private static void TangentAbsolute(Workspace w, int a, int length, int y)
    {
        Tangent(w, a, length, y);
        if (!new Layout(w.Extra + a).X.IsActive)
            new Span<double>(w.Dots + y, length).Fill(Zeros.Structural);
    }

    private static void Tangent(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Extra + a);
        if (layout.X.IsActive)
            Gather(w, layout, ref w.Dots[layout.X.Slot], new LaneBlock(w.Dots + y, layout.Width));
        else
            new Span<double>(w.Dots + y, length).Clear();
    }

    private static void Gather(Workspace w, in Layout layout, ref double x, LaneBlock y)
    {
        for (int lane = 0; lane < layout.Width; lane++)
        {
            int first = layout.First(w.Values, lane);
            for (int i = 0; i < layout.Size; i++)
                y[i, lane] = Unsafe.Add(ref x, first + i * layout.ElementStride);
        }
    }

    private static void Adjoint(Workspace w, int a, int length, int y) => AddBack(w, w.Bars, a, y);

    private static void AdjointTangent(Workspace w, int a, int length, int y) => AddBack(w, w.BarDots, a, y);

    private static void AddBack(Workspace w, double* block, int a, int y)
    {
        Layout layout = new(w.Extra + a);
        if (!layout.X.IsActive)
            return;
        double* x = block + layout.X.Slot;
        LaneBlock result = new(block + y, layout.Width);
        for (int lane = 0; lane < layout.Width; lane++)
        {
            int first = layout.First(w.Values, lane);
            for (int i = 0; i < layout.Size; i++)
                x[first + i * layout.ElementStride] += result[i, lane];
        }
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        for (int lane = 0; lane < layout.Width; lane++)
        {
            int first = First(machine, layout, lane);
            for (int i = 0; i < layout.Size; i++)
                machine.Values[result + i * layout.Width + lane] = layout.X.Value(machine, first + i * layout.ElementStride);
        }
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        for (int lane = 0; layout.X.IsActive && lane < layout.Width; lane++)
        {
            int first = First(machine, layout, lane);
            for (int i = 0; i < layout.Size; i++)
                machine.Adjoints[layout.X.Slot + first + i * layout.ElementStride] += machine.Adjoints[result + i * layout.Width + lane];
        }
    }

    private static int First<T>(Interpreter<T> machine, in Layout layout, int lane) where T : struct, IScalar<T> =>
        layout.First(T.Primal(machine.Values[layout.Label + lane * layout.LabelStride]), lane);
}
