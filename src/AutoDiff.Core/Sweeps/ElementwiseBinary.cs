using System.Runtime.CompilerServices;
using AutoDiff.Kernels;
using AutoDiff.Rules;

namespace AutoDiff.Engine;

/// <summary>
/// z = φ(x, y) on a block of rows × columns, in SIMD, either operand being slots, a referenced constant array or a constant, and either
/// repeated along rows, columns or both. Operand A is the offset of [columns, x, y] in the side table, B the number of results.
/// </summary>
internal sealed unsafe partial class ElementwiseBinary<TRule> : Operation where TRule : struct, IBinaryRule<TRule>
{
    public static readonly ushort Code = Register(new ElementwiseBinary<TRule>());

    public override bool IsBent => TRule.IsBent;

    public override string Name => typeof(TRule).Name;

    public override bool IsArray => true;

    public override bool IsSmooth => TRule.IsSmooth && !IsUserCode;

    public override bool IsUserCode => UserRule<TRule>.Is;

    public override OperationParts? Parts(Recording recording, int a, int b) => new(b);

    public override OperationKernels Kernels => VectorWidth.Lanes switch
    {
        8 => KernelsIn<Lanes8>(),
        4 => KernelsIn<Lanes4>(),
        _ => KernelsIn<Lanes2>(),
    };

    private static OperationKernels KernelsIn<L>() where L : struct, ILanes<L> => new()
    {
        Primal = &LanePrimal<L>,
        AdjointPlain = &LaneAdjoint<L>,
        AdjointAbsolute = &Adjoint<Absolute>,
        Plain = new() { Tangent = &LaneTangent<L>, AdjointTangent = &LaneAdjointTangent<L> },
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

    /// <summary>How an operand runs along a row.</summary>
    private interface IStride
    {
        /// <summary>Whether one element is repeated.</summary>
        static abstract bool Repeats { get; }
    }

    private readonly struct Running : IStride
    {
        public static bool Repeats => false;
    }

    private readonly struct Repeated : IStride
    {
        public static bool Repeats => true;
    }

    /// <summary>One row's work, over full lanes and once over what is left.</summary>
    private interface IRow<L> where L : struct, ILanes<L>
    {
        static abstract void Step<SX, SY>(ref Row<L> row, int j, int count) where SX : struct, IStride where SY : struct, IStride;
    }

    /// <summary>Where one row of operands and results begins, and the sums that repeated operands collect.</summary>
    private ref struct Row<L> where L : struct, ILanes<L>
    {
        public ref double X, Y;
        public double* Z, Bar, BarDot, Dot;
        public double* XDot, YDot;
        public double* XBar, YBar;
        public bool XActive, YActive;
        public L XSum, YSum;
        public double XRest, YRest;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Load<S>(ref double start, int j, int count) where S : struct, IStride =>
            S.Repeats ? L.Constant(start) : L.Load(ref Unsafe.Add(ref start, j), count);

        /// <summary>Adds to an operand's adjoints along the row; a repeated one collects the sum.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add<S>(double* start, int j, int count, L change, ref L sum, ref double rest) where S : struct, IStride
        {
            if (!S.Repeats)
                L.Store(L.Load(ref start[j], count) + change, ref start[j], count);
            else if (count == L.Count)
                sum += change;
            else
                rest += L.Sum(change, count);
        }
    }

    private static void Run<R, L>(Workspace w, int a, int length, int z) where R : struct, IRow<L> where L : struct, ILanes<L>
    {
        Layout layout = new(w.Extra + a);
        ref double x = ref layout.X.First(w), y = ref layout.Y.First(w);
        Row<L> row = new() { XActive = layout.X.IsActive, YActive = layout.Y.IsActive };
        for (int i = 0, start = 0; start < length; i++, start += layout.Columns)
        {
            int xOffset = i * layout.X.RowStride, yOffset = i * layout.Y.RowStride;
            row.X = ref Unsafe.Add(ref x, xOffset);
            row.Y = ref Unsafe.Add(ref y, yOffset);
            row.Z = w.Values + z + start;
            row.Bar = w.Bars + z + start;
            row.Dot = w.Dots + z + start;
            row.BarDot = w.BarDots + z + start;
            row.XDot = w.Dots + layout.X.Slot + xOffset;
            row.YDot = w.Dots + layout.Y.Slot + yOffset;
            // The R operator adds to the tangents of the adjoints, the adjoint sweep to the adjoints themselves.
            double* target = typeof(R) == typeof(AdjointTangentRow<L>) ? w.BarDots : w.Bars;
            row.XBar = target + layout.X.Slot + xOffset;
            row.YBar = target + layout.Y.Slot + yOffset;
            switch (layout.X.ColumnStride, layout.Y.ColumnStride)
            {
                case (0, 0): Run<R, L, Repeated, Repeated>(ref row, layout.Columns); break;
                case (0, _): Run<R, L, Repeated, Running>(ref row, layout.Columns); break;
                case (_, 0): Run<R, L, Running, Repeated>(ref row, layout.Columns); break;
                default: Run<R, L, Running, Running>(ref row, layout.Columns); break;
            }
        }
    }

    // Not inlined, so that each variant has the compiler's whole inlining budget.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run<R, L, SX, SY>(ref Row<L> row, int columns)
        where R : struct, IRow<L> where L : struct, ILanes<L> where SX : struct, IStride where SY : struct, IStride
    {
        row.XSum = row.YSum = L.Constant(0);
        row.XRest = row.YRest = 0;
        int j = 0;
        for (; j <= columns - L.Count; j += L.Count)
            R.Step<SX, SY>(ref row, j, L.Count);
        if (j < columns)
            Rest<R, L, SX, SY>(ref row, j, columns - j);
        if (typeof(R) != typeof(AdjointRow<L>) && typeof(R) != typeof(AdjointTangentRow<L>))
            return;
        if (SX.Repeats && row.XActive)
            row.XBar[0] += L.Sum(row.XSum, L.Count) + row.XRest;
        if (SY.Repeats && row.YActive)
            row.YBar[0] += L.Sum(row.YSum, L.Count) + row.YRest;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rest<R, L, SX, SY>(ref Row<L> row, int j, int count)
        where R : struct, IRow<L> where L : struct, ILanes<L> where SX : struct, IStride where SY : struct, IStride =>
        R.Step<SX, SY>(ref row, j, count);

    private readonly struct PrimalRow<L> : IRow<L> where L : struct, ILanes<L>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step<SX, SY>(ref Row<L> row, int j, int count) where SX : struct, IStride where SY : struct, IStride =>
            L.Store(TRule.Value(Row<L>.Load<SX>(ref row.X, j, count), Row<L>.Load<SY>(ref row.Y, j, count)), ref row.Z[j], count);
    }

    private readonly struct TangentRow<L> : IRow<L> where L : struct, ILanes<L>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step<SX, SY>(ref Row<L> row, int j, int count) where SX : struct, IStride where SY : struct, IStride
        {
            (L x, L y, L z) = TRule.IsLinear ? default
                : (Row<L>.Load<SX>(ref row.X, j, count), Row<L>.Load<SY>(ref row.Y, j, count), L.Load(ref row.Z[j], count));
            L dot = L.Constant(0);
            if (row.XActive)
                dot += TRule.FirstX(x, y, z) * Row<L>.Load<SX>(ref *row.XDot, j, count);
            if (row.YActive)
                dot += TRule.FirstY(x, y, z) * Row<L>.Load<SY>(ref *row.YDot, j, count);
            L.Store(dot, ref row.Dot[j], count);
        }
    }

    private readonly struct AdjointRow<L> : IRow<L> where L : struct, ILanes<L>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step<SX, SY>(ref Row<L> row, int j, int count) where SX : struct, IStride where SY : struct, IStride
        {
            (L x, L y, L z) = TRule.IsLinear ? default
                : (Row<L>.Load<SX>(ref row.X, j, count), Row<L>.Load<SY>(ref row.Y, j, count), L.Load(ref row.Z[j], count));
            L bar = L.Load(ref row.Bar[j], count);
            if (row.XActive)
                Row<L>.Add<SX>(row.XBar, j, count, TRule.FirstX(x, y, z) * bar, ref row.XSum, ref row.XRest);
            if (row.YActive)
                Row<L>.Add<SY>(row.YBar, j, count, TRule.FirstY(x, y, z) * bar, ref row.YSum, ref row.YRest);
        }
    }

    private readonly struct AdjointTangentRow<L> : IRow<L> where L : struct, ILanes<L>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step<SX, SY>(ref Row<L> row, int j, int count) where SX : struct, IStride where SY : struct, IStride
        {
            (L x, L y, L z) = TRule.IsLinear ? default
                : (Row<L>.Load<SX>(ref row.X, j, count), Row<L>.Load<SY>(ref row.Y, j, count), L.Load(ref row.Z[j], count));
            L barDot = L.Load(ref row.BarDot[j], count);
            L xChange = TRule.FirstX(x, y, z) * barDot, yChange = TRule.FirstY(x, y, z) * barDot;
            if (!TRule.IsBilinear)
            {
                L bar = L.Load(ref row.Bar[j], count);
                if (!TRule.IsLinearInX && row.XActive)
                    xChange += TRule.SecondXX(x, y, z) * bar * Row<L>.Load<SX>(ref *row.XDot, j, count);
                if (row.YActive)
                    yChange += TRule.SecondYY(x, y, z) * bar * Row<L>.Load<SY>(ref *row.YDot, j, count);
            }
            if (!TRule.IsPiecewiseLinear && row.XActive && row.YActive)
            {
                L mixed = TRule.SecondXY(x, y, z) * L.Load(ref row.Bar[j], count);
                xChange += mixed * Row<L>.Load<SY>(ref *row.YDot, j, count);
                yChange += mixed * Row<L>.Load<SX>(ref *row.XDot, j, count);
            }
            if (row.XActive)
                Row<L>.Add<SX>(row.XBar, j, count, xChange, ref row.XSum, ref row.XRest);
            if (row.YActive)
                Row<L>.Add<SY>(row.YBar, j, count, yChange, ref row.YSum, ref row.YRest);
        }
    }

    private static void Primal(Workspace w, int a, int length, int z)
    {
        if (VectorWidth.Lanes == 8)
            LanePrimal<Lanes8>(w, a, length, z);
        else if (VectorWidth.Lanes == 4)
            LanePrimal<Lanes4>(w, a, length, z);
        else
            LanePrimal<Lanes2>(w, a, length, z);
    }

    private static void LanePrimal<L>(Workspace w, int a, int length, int z) where L : struct, ILanes<L> =>
        Run<PrimalRow<L>, L>(w, a, length, z);

    private static void LaneTangent<L>(Workspace w, int a, int length, int z) where L : struct, ILanes<L>
    {
        if (TRule.IsFlat)
            new Span<double>(w.Dots + z, length).Clear();
        else if (TRule.IsBent && w.HasBend(z, length))
            Tangent<Plain>(w, a, length, z);
        else
            Run<TangentRow<L>, L>(w, a, length, z);
    }

    private static void LaneAdjoint<L>(Workspace w, int a, int length, int z) where L : struct, ILanes<L>
    {
        if (!TRule.IsFlat)
            Run<AdjointRow<L>, L>(w, a, length, z);
    }

    private static void LaneAdjointTangent<L>(Workspace w, int a, int length, int z) where L : struct, ILanes<L>
    {
        if (TRule.IsBent && w.HasBend(z, length))
            AdjointTangent<Plain>(w, a, length, z);
        else if (!TRule.IsFlat)
            Run<AdjointTangentRow<L>, L>(w, a, length, z);
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        for (int i = 0; i < b; i++)
        {
            (int row, int column) = Math.DivRem(i, layout.Columns);
            T x = layout.X.Value(machine, row, column), y = layout.Y.Value(machine, row, column);
            machine.Values[result + i] = TRule.IsBent && machine.IsBent(result + i) ? T.Norm([x, y]) : T.Apply<TRule>(x, y);
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
            if (TRule.IsBent && machine.IsBent(result + i))
            {
                if (layout.X.IsActive)
                    machine.Add(layout.X.Slot + layout.X.Index(row, column), T.Along(machine.Adjoints[result + i], x, z));
                if (layout.Y.IsActive)
                    machine.Add(layout.Y.Slot + layout.Y.Index(row, column), T.Along(machine.Adjoints[result + i], y, z));
                continue;
            }
            if (TRule.IsBent)
            {
                T bent = T.Apply<BentProduct>(z, machine.Adjoints[result + i]);
                if (layout.X.IsActive)
                    machine.Add(layout.X.Slot + layout.X.Index(row, column), T.ChainProduct(PartialKind.Live, TRule.FirstX(x, y, z), bent));
                if (layout.Y.IsActive)
                    machine.Add(layout.Y.Slot + layout.Y.Index(row, column), T.ChainProduct(PartialKind.Live, TRule.FirstY(x, y, z), bent));
                continue;
            }
            if (layout.X.IsActive)
                machine.Accumulate(layout.X.Slot + layout.X.Index(row, column), TRule.FirstX(x, y, z), result + i,
                    PartialKinds<TRule>.X(Varies(machine, layout.Y, row, column)));
            if (layout.Y.IsActive)
                machine.Accumulate(layout.Y.Slot + layout.Y.Index(row, column), TRule.FirstY(x, y, z), result + i,
                    PartialKinds<TRule>.Y(Varies(machine, layout.X, row, column)));
        }
    }

    private static bool Varies<T>(Interpreter<T> machine, in ArrayOperand operand, int row, int column) where T : struct, IScalar<T> =>
        operand.IsActive && machine.Recording.Dependence.IsVariable(operand.Slot + operand.Index(row, column));

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        Layout layout = new(rows.Source.Extra + a);
        int count = b == 0 ? 0 : b / layout.Columns;
        if (!rows.Varies(layout.X, count, layout.Columns) && !rows.Varies(layout.Y, count, layout.Columns))
            return Lift.Uniform;
        for (int i = 0; i < count; i++)
        {
            ArrayView z = Elementwise.Apply<TRule>(rows.Row(layout.X, i, layout.Columns), rows.Row(layout.Y, i, layout.Columns));
            rows.Place(result + i * layout.Columns, layout.Columns, z.Slot);
        }
        return Lift.Wide;
    }

    public override bool IsDependent(Dependence slots, int a, int b)
    {
        Layout layout = new(slots.Extra + a);
        int rows = b == 0 ? 0 : b / layout.Columns;
        return !TRule.IsFlat && (slots.IsVariable(layout.X, rows, layout.Columns) || slots.IsVariable(layout.Y, rows, layout.Columns));
    }

    public override void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector z, VarVector zBar)
    {
        if (TRule.IsFlat)
            return;
        Layout layout = new(sweep.Extra + a);
        int columns = layout.Columns, rows = z.Length / columns;
        VarMatrix x = sweep.Operand(layout.X, rows, columns), y = sweep.Operand(layout.Y, rows, columns);
        VarMatrix value = z.Reshape(rows, columns), bar = zBar.Reshape(rows, columns);
        if (TRule.IsBent)
            bar = new VarMatrix(Elementwise.Apply<BentProduct>(value.View, bar.View));
        if (sweep.IsVariable(layout.X, rows, columns))
            sweep.Accumulate(layout.X, TRule.FirstX(x, y, value), bar, PartialKinds<TRule>.X(sweep.MayVary(layout.Y, rows, columns)));
        if (sweep.IsVariable(layout.Y, rows, columns))
            sweep.Accumulate(layout.Y, TRule.FirstY(x, y, value), bar, PartialKinds<TRule>.Y(sweep.MayVary(layout.X, rows, columns)));
    }
}
