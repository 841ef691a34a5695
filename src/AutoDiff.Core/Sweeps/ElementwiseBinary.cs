using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// z = φ(x, y) on a block of rows × columns, in SIMD, either operand being slots, a referenced constant array or a constant, and either repeated
/// along rows, columns or both. Operand A is the offset of [columns, x, y] in the side table, B the number of results.
/// </summary>
internal sealed unsafe class ElementwiseBinary<TRule> : Operation where TRule : struct, IBinaryRule<TRule>
{
    public static readonly ushort Code = Register(new ElementwiseBinary<TRule>());

    public override string Name => typeof(TRule).Name;

    public override bool IsArray => true;

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint,
        AdjointAbsolute = &Adjoint<Absolute>,
        Plain = new() { Tangent = &Tangent, AdjointTangent = &AdjointTangent },
        Absolute = new() { Tangent = &Tangent<Absolute>, AdjointTangent = &AdjointTangent<Absolute> },
        Eight = new() { Tangent = &Tangent<Eight>, AdjointTangent = &AdjointTangent<Eight> },
    };

    private readonly struct Layout
    {
        public readonly int Columns;
        public readonly ArrayOperand X, Y;

        public Layout(int* extra)
        {
            Columns = extra[0];
            X = ArrayOperand.Read(extra + 1);
            Y = ArrayOperand.Read(extra + 1 + ArrayOperand.Size);
        }
    }

    /// <summary>Records z = φ(x, y) and computes it; the views have the result's shape.</summary>
    public static int Record(Recorder recorder, ArrayView x, ArrayView y)
    {
        int rows = x.Rows, columns = x.Columns;
        ArrayOperand left = ArrayOperand.From(recorder, x), right = ArrayOperand.From(recorder, y);
        if ((x.IsContiguous || left.IsScalar) && (y.IsContiguous || right.IsScalar))
            columns = rows * columns; // One long row.
        Span<int> extra = stackalloc int[1 + 2 * ArrayOperand.Size];
        extra[0] = columns;
        left.Write(extra[1..]);
        right.Write(extra[(1 + ArrayOperand.Size)..]);
        int offset = recorder.AddExtra(extra);
        int slot = recorder.EmitArray(Code, offset, x.Length);
        recorder.Compute(&Primal, offset, x.Length, slot);
        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Load(ref double row, int stride, int column, int count) =>
        stride == 0 ? Lanes.Constant(row) : Lanes.Load(ref Unsafe.Add(ref row, column), count);

    /// <summary>Adds to a row of adjoints; an element that was repeated collects the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ref double row, int stride, int column, int count, Lanes change)
    {
        if (stride == 0)
            row += change.Sum(count);
        else
            (Lanes.Load(ref Unsafe.Add(ref row, column), count) + change).Store(ref Unsafe.Add(ref row, column), count);
    }

    private static void Primal(Workspace w, int a, int length, int z)
    {
        Layout layout = new(w.Extra + a);
        ref double x = ref layout.X.First(w), y = ref layout.Y.First(w);
        for (int row = 0, start = 0; start < length; row++, start += layout.Columns)
        {
            ref double xRow = ref Unsafe.Add(ref x, row * layout.X.RowStride), yRow = ref Unsafe.Add(ref y, row * layout.Y.RowStride);
            for (int j = 0; j < layout.Columns; j += Lanes.Count)
            {
                int n = layout.Columns - j;
                TRule.Value(Load(ref xRow, layout.X.ColumnStride, j, n), Load(ref yRow, layout.Y.ColumnStride, j, n)).Store(ref w.Values[z + start + j], n);
            }
        }
    }

    private static void Tangent(Workspace w, int a, int length, int z)
    {
        Layout layout = new(w.Extra + a);
        ref double x = ref layout.X.First(w), y = ref layout.Y.First(w);
        for (int row = 0, start = 0; start < length; row++, start += layout.Columns)
        {
            int xRow = row * layout.X.RowStride, yRow = row * layout.Y.RowStride;
            for (int j = 0; j < layout.Columns; j += Lanes.Count)
            {
                int n = layout.Columns - j;
                Lanes dot = Lanes.Constant(0);
                if (!TRule.IsFlat)
                {
                    Lanes vx = Load(ref Unsafe.Add(ref x, xRow), layout.X.ColumnStride, j, n), vy = Load(ref Unsafe.Add(ref y, yRow), layout.Y.ColumnStride, j, n);
                    Lanes vz = Lanes.Load(ref w.Values[z + start + j], n);
                    if (layout.X.IsActive)
                        dot += TRule.FirstX(vx, vy, vz) * Load(ref w.Dots[layout.X.Slot + xRow], layout.X.ColumnStride, j, n);
                    if (layout.Y.IsActive)
                        dot += TRule.FirstY(vx, vy, vz) * Load(ref w.Dots[layout.Y.Slot + yRow], layout.Y.ColumnStride, j, n);
                }
                dot.Store(ref w.Dots[z + start + j], n);
            }
        }
    }

    private static void Adjoint(Workspace w, int a, int length, int z)
    {
        if (TRule.IsFlat)
            return;
        Layout layout = new(w.Extra + a);
        ref double x = ref layout.X.First(w), y = ref layout.Y.First(w);
        for (int row = 0, start = 0; start < length; row++, start += layout.Columns)
        {
            int xRow = row * layout.X.RowStride, yRow = row * layout.Y.RowStride;
            for (int j = 0; j < layout.Columns; j += Lanes.Count)
            {
                int n = layout.Columns - j;
                Lanes vx = Load(ref Unsafe.Add(ref x, xRow), layout.X.ColumnStride, j, n), vy = Load(ref Unsafe.Add(ref y, yRow), layout.Y.ColumnStride, j, n);
                Lanes vz = Lanes.Load(ref w.Values[z + start + j], n), bar = Lanes.Load(ref w.Bars[z + start + j], n);
                if (layout.X.IsActive)
                    Accumulate(ref w.Bars[layout.X.Slot + xRow], layout.X.ColumnStride, j, n, TRule.FirstX(vx, vy, vz) * bar);
                if (layout.Y.IsActive)
                    Accumulate(ref w.Bars[layout.Y.Slot + yRow], layout.Y.ColumnStride, j, n, TRule.FirstY(vx, vy, vz) * bar);
            }
        }
    }

    private static void AdjointTangent(Workspace w, int a, int length, int z)
    {
        if (TRule.IsFlat)
            return;
        Layout layout = new(w.Extra + a);
        ref double x = ref layout.X.First(w), y = ref layout.Y.First(w);
        bool xActive = layout.X.IsActive, yActive = layout.Y.IsActive;
        for (int row = 0, start = 0; start < length; row++, start += layout.Columns)
        {
            int xRow = row * layout.X.RowStride, yRow = row * layout.Y.RowStride;
            for (int j = 0; j < layout.Columns; j += Lanes.Count)
            {
                int n = layout.Columns - j;
                Lanes vx = Load(ref Unsafe.Add(ref x, xRow), layout.X.ColumnStride, j, n), vy = Load(ref Unsafe.Add(ref y, yRow), layout.Y.ColumnStride, j, n);
                Lanes vz = Lanes.Load(ref w.Values[z + start + j], n);
                Lanes bar = Lanes.Load(ref w.Bars[z + start + j], n), barDot = Lanes.Load(ref w.BarDots[z + start + j], n);
                Lanes xDot = xActive ? Load(ref w.Dots[layout.X.Slot + xRow], layout.X.ColumnStride, j, n) : Lanes.Constant(0);
                Lanes yDot = yActive ? Load(ref w.Dots[layout.Y.Slot + yRow], layout.Y.ColumnStride, j, n) : Lanes.Constant(0);
                if (xActive)
                {
                    Lanes change = TRule.FirstX(vx, vy, vz) * barDot;
                    if (!TRule.IsLinear)
                    {
                        change += TRule.SecondXX(vx, vy, vz) * bar * xDot;
                        if (yActive)
                            change += TRule.SecondXY(vx, vy, vz) * bar * yDot;
                    }
                    Accumulate(ref w.BarDots[layout.X.Slot + xRow], layout.X.ColumnStride, j, n, change);
                }
                if (yActive)
                {
                    Lanes change = TRule.FirstY(vx, vy, vz) * barDot;
                    if (!TRule.IsLinear)
                    {
                        change += TRule.SecondYY(vx, vy, vz) * bar * yDot;
                        if (xActive)
                            change += TRule.SecondXY(vx, vy, vz) * bar * xDot;
                    }
                    Accumulate(ref w.BarDots[layout.Y.Slot + yRow], layout.Y.ColumnStride, j, n, change);
                }
            }
        }
    }

    // Element by element, for the tangents that are not plain.

    private static void Tangent<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D>
    {
        Layout layout = new(w.Extra + a);
        D* dots = (D*)w.Dots;
        for (int i = 0; i < length; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            D dot = default;
            if (!TRule.IsFlat)
            {
                (Real x, Real y, Real value) = At(w, layout, row, column, z + i);
                if (layout.X.IsActive)
                    dot += TRule.FirstX(x, y, value).Value * dots[layout.X.Slot + layout.X.Index(row, column)];
                if (layout.Y.IsActive)
                    dot += TRule.FirstY(x, y, value).Value * dots[layout.Y.Slot + layout.Y.Index(row, column)];
            }
            dots[z + i] = dot;
        }
    }

    private static void Adjoint<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D>
    {
        if (TRule.IsFlat)
            return;
        Layout layout = new(w.Extra + a);
        D* bars = (D*)w.Bars;
        for (int i = 0; i < length; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            (Real x, Real y, Real value) = At(w, layout, row, column, z + i);
            if (layout.X.IsActive)
                bars[layout.X.Slot + layout.X.Index(row, column)] += TRule.FirstX(x, y, value).Value * bars[z + i];
            if (layout.Y.IsActive)
                bars[layout.Y.Slot + layout.Y.Index(row, column)] += TRule.FirstY(x, y, value).Value * bars[z + i];
        }
    }

    private static void AdjointTangent<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D>
    {
        if (TRule.IsFlat)
            return;
        Layout layout = new(w.Extra + a);
        D* dots = (D*)w.Dots, barDots = (D*)w.BarDots;
        for (int i = 0; i < length; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            (Real x, Real y, Real value) = At(w, layout, row, column, z + i);
            double bar = w.Bars[z + i];
            int p = layout.X.Slot + layout.X.Index(row, column), q = layout.Y.Slot + layout.Y.Index(row, column);
            if (layout.X.IsActive)
                barDots[p] += TRule.FirstX(x, y, value).Value * barDots[z + i] + D.Product(TRule.SecondXX(x, y, value).Value, bar) * dots[p];
            if (layout.Y.IsActive)
                barDots[q] += TRule.FirstY(x, y, value).Value * barDots[z + i] + D.Product(TRule.SecondYY(x, y, value).Value, bar) * dots[q];
            if (layout.X.IsActive && layout.Y.IsActive)
            {
                double mixed = D.Product(TRule.SecondXY(x, y, value).Value, bar);
                barDots[p] += mixed * dots[q];
                barDots[q] += mixed * dots[p];
            }
        }
    }

    private static (Real X, Real Y, Real Z) At(Workspace w, in Layout layout, int row, int column, int z) =>
        (new(Unsafe.Add(ref layout.X.First(w), layout.X.Index(row, column))), new(Unsafe.Add(ref layout.Y.First(w), layout.Y.Index(row, column))), new(w.Values[z]));

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        for (int i = 0; i < b; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            machine.Values[result + i] = T.Apply<TRule>(layout.X.Value(machine, row, column), layout.Y.Value(machine, row, column));
        }
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        if (TRule.IsFlat)
            return;
        Layout layout = new(machine.Recording.Extra + a);
        for (int i = b - 1; i >= 0; i--)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            T x = layout.X.Value(machine, row, column), y = layout.Y.Value(machine, row, column), z = machine.Values[result + i];
            if (layout.X.IsActive)
                machine.Accumulate(layout.X.Slot + layout.X.Index(row, column), TRule.FirstX(x, y, z), result + i);
            if (layout.Y.IsActive)
                machine.Accumulate(layout.Y.Slot + layout.Y.Index(row, column), TRule.FirstY(x, y, z), result + i);
        }
    }
}
