using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// zᵢ = xᵢ where flagᵢ is not 0, otherwise yᵢ: linear in x and y, and the branch not taken contributes nothing, whatever its derivative. Operand A is the
/// offset of [columns, flags, x, y] in the side table, B the number of results.
/// </summary>
internal sealed unsafe class SelectOperation : Operation
{
    public static readonly ushort Code = Register(new SelectOperation());

    public override string Name => "Where";

    public override bool IsArray => true;

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint<Plain>,
        AdjointAbsolute = &Adjoint<Plain>,
        Plain = new() { Tangent = &Tangent<Plain>, AdjointTangent = &AdjointTangent<Plain> },
        Absolute = new() { Tangent = &Tangent<Plain>, AdjointTangent = &AdjointTangent<Plain> },
        Eight = new() { Tangent = &Tangent<Eight>, AdjointTangent = &AdjointTangent<Eight> },
    };

    private readonly struct Layout(int* extra)
    {
        public readonly int Columns = extra[0];
        public readonly ArrayOperand Flags = ArrayOperand.Read(extra + 1);
        public readonly ArrayOperand X = ArrayOperand.Read(extra + 1 + ArrayOperand.Size);
        public readonly ArrayOperand Y = ArrayOperand.Read(extra + 1 + 2 * ArrayOperand.Size);
    }

    public static ArrayView Select(ArrayView flags, ArrayView x, ArrayView y)
    {
        Recorder? recorder = flags.Live("Where") ?? x.Live("Where") ?? y.Live("Where");
        x.Live("Where");
        y.Live("Where");
        (int rows, int columns) = ArrayView.CommonShape(x, y, "Where");
        (rows, columns) = ArrayView.CommonShape(flags, new ArrayView(null, 0, rows, columns, 0, 0), "Where");
        (flags, x, y) = (flags.BroadcastTo(rows, columns), x.BroadcastTo(rows, columns), y.BroadcastTo(rows, columns));
        if (recorder is null)
        {
            double[] z = new double[rows * columns];
            for (int i = 0; i < z.Length; i++)
                z[i] = Elementwise.At(Elementwise.At(flags, i / columns, i % columns) != 0 ? x : y, i / columns, i % columns);
            return ArrayView.Contiguous(z, 0, rows, columns);
        }
        int[] extra = new int[1 + 3 * ArrayOperand.Size];
        extra[0] = columns;
        ArrayOperand.From(recorder, flags).Write(extra.AsSpan(1));
        ArrayOperand.From(recorder, x).Write(extra.AsSpan(1 + ArrayOperand.Size));
        ArrayOperand.From(recorder, y).Write(extra.AsSpan(1 + 2 * ArrayOperand.Size));
        int offset = recorder.AddExtra(extra);
        int slot = recorder.EmitArray(Code, offset, rows * columns);
        recorder.Compute(&Primal, offset, rows * columns, slot);
        return ArrayView.Contiguous(recorder, recorder.EpochWord | (uint)slot, rows, columns);
    }

    private static bool Flag(Workspace w, in Layout layout, int row, int column) => Unsafe.Add(ref layout.Flags.First(w), layout.Flags.Index(row, column)) != 0;

    private static void Primal(Workspace w, int a, int length, int z)
    {
        Layout layout = new(w.Extra + a);
        for (int i = 0; i < length; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            ArrayOperand taken = Flag(w, layout, row, column) ? layout.X : layout.Y;
            w.Values[z + i] = Unsafe.Add(ref taken.First(w), taken.Index(row, column));
        }
    }

    private static void Tangent<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D>
    {
        Layout layout = new(w.Extra + a);
        D* dots = (D*)w.Dots;
        for (int i = 0; i < length; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            ArrayOperand taken = Flag(w, layout, row, column) ? layout.X : layout.Y;
            dots[z + i] = taken.IsActive ? dots[taken.Slot + taken.Index(row, column)] : default;
        }
    }

    private static void Adjoint<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D> => AddBack(w, (D*)w.Bars, a, length, z);

    private static void AdjointTangent<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D> => AddBack(w, (D*)w.BarDots, a, length, z);

    private static void AddBack<D>(Workspace w, D* block, int a, int length, int z) where D : unmanaged, ITangent<D>
    {
        Layout layout = new(w.Extra + a);
        for (int i = 0; i < length; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            ArrayOperand taken = Flag(w, layout, row, column) ? layout.X : layout.Y;
            if (taken.IsActive)
                block[taken.Slot + taken.Index(row, column)] += block[z + i];
        }
    }

    private static ArrayOperand Taken<T>(Interpreter<T> machine, in Layout layout, int row, int column) where T : struct, IScalar<T> =>
        T.Primal(layout.Flags.Value(machine, row, column)) != 0 ? layout.X : layout.Y;

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        for (int i = 0; i < b; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            machine.Values[result + i] = Taken(machine, layout, row, column).Value(machine, row, column);
        }
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        for (int i = 0; i < b; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            ArrayOperand taken = Taken(machine, layout, row, column);
            if (taken.IsActive)
                machine.Adjoints[taken.Slot + taken.Index(row, column)] += machine.Adjoints[result + i];
        }
    }

    public override bool IsDependent(RecordedAdjoint sweep, int a, int b)
    {
        Layout layout = new(sweep.Extra + a);
        int rows = b == 0 ? 0 : b / layout.Columns;
        return sweep.IsVariable(layout.X, rows, layout.Columns) || sweep.IsVariable(layout.Y, rows, layout.Columns);
    }

    public override void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector z, VarVector zBar)
    {
        Layout layout = new(sweep.Extra + a);
        int columns = layout.Columns, rows = z.Length / columns;
        ArrayView flags = sweep.Operand(layout.Flags, rows, columns).Block, bar = zBar.Reshape(rows, columns).Block, zero = ArrayView.Scalar(0);
        if (sweep.IsVariable(layout.X, rows, columns))
            sweep.Add(layout.X, new VarMatrix(Select(flags, bar, zero)));
        if (sweep.IsVariable(layout.Y, rows, columns))
            sweep.Add(layout.Y, new VarMatrix(Select(flags, zero, bar)));
    }
}
