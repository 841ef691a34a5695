using System.Runtime.CompilerServices;
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
    private interface IRow
    {
        static abstract void Step<SX, SY>(ref Row row, int j, int count) where SX : struct, IStride where SY : struct, IStride;
    }

    /// <summary>Where one row of operands and results begins, and the sums that repeated operands collect.</summary>
    private ref struct Row
    {
        public ref double X, Y;
        public double* Z, Bar, BarDot, Dot;
        public double* XDot, YDot;
        public double* XBar, YBar;
        public bool XActive, YActive;
        public Lanes XSum, YSum;
        public double XRest, YRest;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lanes Load<S>(ref double start, int j, int count) where S : struct, IStride =>
            S.Repeats ? Lanes.Constant(start) : Lanes.Load(ref Unsafe.Add(ref start, j), count);

        /// <summary>Adds to an operand's adjoints along the row; a repeated one collects the sum.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add<S>(double* start, int j, int count, Lanes change, ref Lanes sum, ref double rest) where S : struct, IStride
        {
            if (!S.Repeats)
                (Lanes.Load(ref start[j], count) + change).Store(ref start[j], count);
            else if (count == Lanes.Count)
                sum += change;
            else
                rest += change.Sum(count);
        }
    }

    private static void Run<R>(Workspace w, int a, int length, int z) where R : struct, IRow
    {
        Layout layout = new(w.Extra + a);
        ref double x = ref layout.X.First(w), y = ref layout.Y.First(w);
        Row row = new() { XActive = layout.X.IsActive, YActive = layout.Y.IsActive };
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
            double* target = typeof(R) == typeof(AdjointTangentRow) ? w.BarDots : w.Bars;
            row.XBar = target + layout.X.Slot + xOffset;
            row.YBar = target + layout.Y.Slot + yOffset;
            switch (layout.X.ColumnStride, layout.Y.ColumnStride)
            {
                case (0, 0): Run<R, Repeated, Repeated>(ref row, layout.Columns); break;
                case (0, _): Run<R, Repeated, Running>(ref row, layout.Columns); break;
                case (_, 0): Run<R, Running, Repeated>(ref row, layout.Columns); break;
                default: Run<R, Running, Running>(ref row, layout.Columns); break;
            }
        }
    }

    // Not inlined, so that each variant has the compiler's whole inlining budget.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run<R, SX, SY>(ref Row row, int columns) where R : struct, IRow where SX : struct, IStride
        where SY : struct, IStride
    {
        row.XSum = row.YSum = Lanes.Constant(0);
        row.XRest = row.YRest = 0;
        int j = 0;
        for (; j <= columns - Lanes.Count; j += Lanes.Count)
            R.Step<SX, SY>(ref row, j, Lanes.Count);
        if (j < columns)
            Rest<R, SX, SY>(ref row, j, columns - j);
        if (typeof(R) != typeof(AdjointRow) && typeof(R) != typeof(AdjointTangentRow))
            return;
        if (SX.Repeats && row.XActive)
            row.XBar[0] += row.XSum.Sum(Lanes.Count) + row.XRest;
        if (SY.Repeats && row.YActive)
            row.YBar[0] += row.YSum.Sum(Lanes.Count) + row.YRest;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rest<R, SX, SY>(ref Row row, int j, int count) where R : struct, IRow where SX : struct, IStride
        where SY : struct, IStride =>
        R.Step<SX, SY>(ref row, j, count);

    private readonly struct PrimalRow : IRow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step<SX, SY>(ref Row row, int j, int count) where SX : struct, IStride where SY : struct, IStride =>
            TRule.Value(Row.Load<SX>(ref row.X, j, count), Row.Load<SY>(ref row.Y, j, count)).Store(ref row.Z[j], count);
    }

    private readonly struct TangentRow : IRow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step<SX, SY>(ref Row row, int j, int count) where SX : struct, IStride where SY : struct, IStride
        {
            (Lanes x, Lanes y, Lanes z) = TRule.IsLinear ? default
                : (Row.Load<SX>(ref row.X, j, count), Row.Load<SY>(ref row.Y, j, count), Lanes.Load(ref row.Z[j], count));
            Lanes dot = Lanes.Constant(0);
            if (row.XActive)
                dot += TRule.FirstX(x, y, z) * Row.Load<SX>(ref *row.XDot, j, count);
            if (row.YActive)
                dot += TRule.FirstY(x, y, z) * Row.Load<SY>(ref *row.YDot, j, count);
            dot.Store(ref row.Dot[j], count);
        }
    }

    private readonly struct AdjointRow : IRow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step<SX, SY>(ref Row row, int j, int count) where SX : struct, IStride where SY : struct, IStride
        {
            (Lanes x, Lanes y, Lanes z) = TRule.IsLinear ? default
                : (Row.Load<SX>(ref row.X, j, count), Row.Load<SY>(ref row.Y, j, count), Lanes.Load(ref row.Z[j], count));
            Lanes bar = Lanes.Load(ref row.Bar[j], count);
            if (row.XActive)
                Row.Add<SX>(row.XBar, j, count, TRule.FirstX(x, y, z) * bar, ref row.XSum, ref row.XRest);
            if (row.YActive)
                Row.Add<SY>(row.YBar, j, count, TRule.FirstY(x, y, z) * bar, ref row.YSum, ref row.YRest);
        }
    }

    private readonly struct AdjointTangentRow : IRow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step<SX, SY>(ref Row row, int j, int count) where SX : struct, IStride where SY : struct, IStride
        {
            (Lanes x, Lanes y, Lanes z) = TRule.IsLinear ? default
                : (Row.Load<SX>(ref row.X, j, count), Row.Load<SY>(ref row.Y, j, count), Lanes.Load(ref row.Z[j], count));
            Lanes barDot = Lanes.Load(ref row.BarDot[j], count);
            Lanes xChange = TRule.FirstX(x, y, z) * barDot, yChange = TRule.FirstY(x, y, z) * barDot;
            if (!TRule.IsBilinear)
            {
                Lanes bar = Lanes.Load(ref row.Bar[j], count);
                if (!TRule.IsLinearInX && row.XActive)
                    xChange += TRule.SecondXX(x, y, z) * bar * Row.Load<SX>(ref *row.XDot, j, count);
                if (row.YActive)
                    yChange += TRule.SecondYY(x, y, z) * bar * Row.Load<SY>(ref *row.YDot, j, count);
            }
            if (!TRule.IsPiecewiseLinear && row.XActive && row.YActive)
            {
                Lanes mixed = TRule.SecondXY(x, y, z) * Lanes.Load(ref row.Bar[j], count);
                xChange += mixed * Row.Load<SY>(ref *row.YDot, j, count);
                yChange += mixed * Row.Load<SX>(ref *row.XDot, j, count);
            }
            if (row.XActive)
                Row.Add<SX>(row.XBar, j, count, xChange, ref row.XSum, ref row.XRest);
            if (row.YActive)
                Row.Add<SY>(row.YBar, j, count, yChange, ref row.YSum, ref row.YRest);
        }
    }

    private static void Primal(Workspace w, int a, int length, int z) => Run<PrimalRow>(w, a, length, z);

    private static void Tangent(Workspace w, int a, int length, int z)
    {
        if (TRule.IsFlat)
            new Span<double>(w.Dots + z, length).Clear();
        else if (TRule.IsBent && w.HasBend(z, length))
            Tangent<Plain>(w, a, length, z);
        else
            Run<TangentRow>(w, a, length, z);
    }

    private static void Adjoint(Workspace w, int a, int length, int z)
    {
        if (!TRule.IsFlat)
            Run<AdjointRow>(w, a, length, z);
    }

    private static void AdjointTangent(Workspace w, int a, int length, int z)
    {
        if (TRule.IsBent && w.HasBend(z, length))
            AdjointTangent<Plain>(w, a, length, z);
        else if (!TRule.IsFlat)
            Run<AdjointTangentRow>(w, a, length, z);
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
