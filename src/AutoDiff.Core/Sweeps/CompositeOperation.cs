using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Engine;

/// <summary>
/// y = F(u, v) on blocks of slots. The R operator is the rule's VJP in dual arithmetic. Operand A is the offset of [length of u, length of
/// v, integers, u, v] in the side table, B the number of results.
/// </summary>
internal sealed unsafe class CompositeOperation<TRule> : Operation where TRule : struct, ICompositeRule
{
    public static readonly ushort Code = Register(new CompositeOperation<TRule>());

    public override bool IsBent => TRule.IsBent;

    public override bool IsSmooth => TRule.IsSmooth;

    public override string Name => RuleName.Of(typeof(TRule));

    public override bool IsArray => true;

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint,
        AdjointAbsolute = &AdjointAbsolute,
        Plain = new() { Tangent = &Tangent, AdjointTangent = &AdjointTangent },
        Absolute = new() { Tangent = &TangentAbsolute, AdjointTangent = &AdjointTangentAbsolute },
        Eight = new() { Tangent = &TangentEight, AdjointTangent = &AdjointTangentEight },
    };

    private const int Header = 2 + CompositeArguments.IntegerCount;

    // Copied out of the side table, which moves when a rule records over it.
    [InlineArray(CompositeArguments.IntegerCount)]
    private struct CompositeIntegers
    {
        private int _first;
    }

    private readonly struct Layout
    {
        public readonly int ULength, VLength;
        public readonly ArrayOperand U, V;
        private readonly CompositeIntegers _integers;

        public Layout(int* extra)
        {
            (ULength, VLength) = (extra[0], extra[1]);
            new ReadOnlySpan<int>(extra + 2, CompositeArguments.IntegerCount).CopyTo(_integers);
            U = ArrayOperand.Read(extra + Header);
            V = ArrayOperand.Read(extra + Header + ArrayOperand.Size);
        }

        [UnscopedRef]
        public CompositeArguments Arguments => new(_integers);
        public bool UActive => U.IsActive;
        public bool VActive => V.IsActive && VLength > 0;
        public ReadOnlySpan<Real> UValues(Workspace w) =>
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<double, Real>(ref U.First(w)), ULength);
        public ReadOnlySpan<Real> VValues(Workspace w) =>
            VLength == 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<double, Real>(ref V.First(w)), VLength);
    }

    /// <summary>Records y = F(u, v) and computes it; the views are contiguous. Without a second operand, v is default.</summary>
    public static int Record(Recorder recorder, int length, ArrayView u, ArrayView v, ReadOnlySpan<int> integers = default)
    {
        Span<int> extra = stackalloc int[Header + 2 * ArrayOperand.Size];
        extra.Clear();
        extra[0] = u.Length;
        extra[1] = v.Length;
        integers.CopyTo(extra[2..]);
        ArrayOperand.From(recorder, u).Write(extra[Header..]);
        if (v.Length > 0)
            ArrayOperand.From(recorder, v).Write(extra[(Header + ArrayOperand.Size)..]);
        int offset = recorder.AddExtra(extra);
        int slot = recorder.EmitArray(Code, offset, length);
        recorder.Compute(&Primal, offset, length, slot);
        return slot;
    }

    /// <summary>y = F(u, v) for constants.</summary>
    public static double[] Evaluate(int length, ReadOnlySpan<double> u, ReadOnlySpan<double> v, ReadOnlySpan<int> integers = default)
    {
        double[] y = new double[length];
        Span<int> padded = stackalloc int[CompositeArguments.IntegerCount];
        padded.Clear();
        integers.CopyTo(padded);
        TRule.Value(new CompositeArguments(padded), MemoryMarshal.Cast<double, Real>(u), MemoryMarshal.Cast<double, Real>(v),
            MemoryMarshal.Cast<double, Real>(y.AsSpan()));
        return y;
    }

    private static Span<Real> Reals(double* block, int slot, int length) => new((Real*)block + slot, length);

    private static void Primal(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Extra + a);
        TRule.Value(layout.Arguments, layout.UValues(w), layout.VValues(w), Reals(w.Values, y, length));
    }

    private static void Adjoint(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Extra + a);
        TRule.Adjoint(layout.Arguments, layout.UValues(w), layout.VValues(w), Reals(w.Values, y, length), Reals(w.Bars, y, length),
            layout.UActive ? Reals(w.Bars, layout.U.Slot, layout.ULength) : default,
            layout.VActive ? Reals(w.Bars, layout.V.Slot, layout.VLength) : default);
    }

    private static void AdjointAbsolute(Workspace w, int a, int length, int y)
    {
        if (AreStructural(w.Bars, y, length))
            return;
        Adjoint(w, a, length, y);
        Layout layout = new(w.Extra + a);
        Forget(w.Bars, layout);
    }

    private static void Tangent(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Extra + a);
        int inactive = Math.Max(layout.UActive ? 0 : layout.ULength, layout.VActive ? 0 : layout.VLength);
        Real[] zeros = inactive > 0 ? Rented(inactive) : [];
        TRule.Tangent(layout.Arguments, layout.UValues(w), layout.VValues(w), Reals(w.Values, y, length),
            layout.UActive ? Reals(w.Dots, layout.U.Slot, layout.ULength) : zeros.AsSpan(0, layout.ULength),
            layout.VActive ? Reals(w.Dots, layout.V.Slot, layout.VLength) : zeros.AsSpan(0, layout.VLength),
            Reals(w.Dots, y, length));
        Release(zeros);
        if (TRule.IsBent && w.IsBent(y))
            w.Dots[y] = Size(new ReadOnlySpan<double>(w.Dots + layout.U.Slot, layout.ULength));
    }

    private static void TangentAbsolute(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Extra + a);
        Span<double> dots = new(w.Dots + y, length);
        if ((!layout.UActive || AreStructural(w.Dots, layout.U.Slot, layout.ULength))
            && (!layout.VActive || AreStructural(w.Dots, layout.V.Slot, layout.VLength)))
        {
            dots.Fill(Zeros.Structural);
            return;
        }
        Tangent(w, a, length, y);
        Zeros.Forget(dots);
    }

    private static void TangentEight(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Extra + a);
        Real[] rented = Rented(layout.ULength + layout.VLength + length);
        Span<double> all = MemoryMarshal.Cast<Real, double>(rented.AsSpan());
        Span<double> uDot = all[..layout.ULength], vDot = all.Slice(layout.ULength, layout.VLength),
            yDot = all.Slice(layout.ULength + layout.VLength, length);
        for (int direction = 0; direction < Eight.Count; direction++)
        {
            if (layout.UActive)
                Directions.Take(w.Dots, layout.U.Slot, direction, uDot);
            if (layout.VActive)
                Directions.Take(w.Dots, layout.V.Slot, direction, vDot);
            TRule.Tangent(layout.Arguments, layout.UValues(w), layout.VValues(w), Reals(w.Values, y, length),
                MemoryMarshal.Cast<double, Real>(uDot), MemoryMarshal.Cast<double, Real>(vDot), MemoryMarshal.Cast<double, Real>(yDot));
            if (TRule.IsBent && w.IsBent(y))
                yDot[0] = Size(uDot);
            Directions.Put(yDot, w.Dots, y, direction);
        }
        Release(rented);
    }

    private static void AdjointTangent(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Extra + a);
        if (TRule.IsBent && w.IsBent(y))
            AddBent<Plain>(w, layout, y);
        else if (!TRule.TryAdjointTangent(
            layout.Arguments, Reals(w.Values, y, length), Reals(w.Dots, y, length), Reals(w.Bars, y, length), Reals(w.BarDots, y, length),
            layout.UActive ? Reals(w.BarDots, layout.U.Slot, layout.ULength) : default))
            AdjointTangent(w, a, length, y, 1, 0);
    }

    private static void AdjointTangentAbsolute(Workspace w, int a, int length, int y)
    {
        if (AreStructural(w.Bars, y, length) && AreStructural(w.BarDots, y, length))
            return;
        AdjointTangent(w, a, length, y);
        Layout layout = new(w.Extra + a);
        Forget(w.BarDots, layout);
    }

    private static void AdjointTangentEight(Workspace w, int a, int length, int y)
    {
        if (TRule.IsBent && w.IsBent(y))
            AddBent<Eight>(w, new Layout(w.Extra + a), y);
        else
        {
            for (int direction = 0; direction < Eight.Count; direction++)
                AdjointTangent(w, a, length, y, Eight.Count, direction);
        }
    }

    private static double Size(ReadOnlySpan<double> u)
    {
        double size = 0;
        Rules.Norm.Value<Real>(
            default, MemoryMarshal.Cast<double, Real>(u), default, MemoryMarshal.Cast<double, Real>(new Span<double>(ref size)));
        return size;
    }

    private static void AddBent<D>(Workspace w, in Layout layout, int y) where D : unmanaged, ITangent<D>
    {
        D* dots = (D*)w.Dots, barDots = (D*)w.BarDots;
        for (int i = layout.U.Slot; i < layout.U.Slot + layout.ULength; i++)
            barDots[i] += D.Along(barDots[y], dots[i], dots[y]);
    }

    /// <summary>The VJP in dual arithmetic, for one of the directions that stand side by side.</summary>
    private static void AdjointTangent(Workspace w, int a, int length, int y, int stride, int direction)
    {
        Layout layout = new(w.Extra + a);
        Jet<Real>[] rented = ArrayPool<Jet<Real>>.Shared.Rent(2 * (layout.ULength + layout.VLength + length));
        Span<Jet<Real>> rest = rented;
        Span<Jet<Real>> u = Next(ref rest, layout.ULength), v = Next(ref rest, layout.VLength), z = Next(ref rest, length);
        Span<Jet<Real>> zBar = Next(ref rest, length);
        Span<Jet<Real>> uBar = layout.UActive ? Next(ref rest, layout.ULength) : default, vBar = layout.VActive
            ? Next(ref rest, layout.VLength) : default;
        Pair(layout.UValues(w), layout.UActive ? w.Dots : null, layout.U.Slot, stride, direction, u);
        Pair(layout.VValues(w), layout.VActive ? w.Dots : null, layout.V.Slot, stride, direction, v);
        Pair(Reals(w.Values, y, length), w.Dots, y, stride, direction, z);
        Pair(Reals(w.Bars, y, length), w.BarDots, y, stride, direction, zBar);
        Jet<Real> none = new(new Real(0), new Real(TRule.IsSelection ? Zeros.Structural : 0));
        uBar.Fill(none);
        vBar.Fill(none);
        TRule.Adjoint<Jet<Real>>(layout.Arguments, u, v, z, zBar, uBar, vBar);
        AddTangents(uBar, w.BarDots, layout.U.Slot, stride, direction);
        AddTangents(vBar, w.BarDots, layout.V.Slot, stride, direction);
        ArrayPool<Jet<Real>>.Shared.Return(rented);
    }

    private static Span<Jet<Real>> Next(ref Span<Jet<Real>> rest, int length)
    {
        Span<Jet<Real>> next = rest[..length];
        rest = rest[length..];
        return next;
    }

    private static void Pair(ReadOnlySpan<Real> primals, double* tangents, int slot, int stride, int direction, Span<Jet<Real>> pairs)
    {
        for (int i = 0; i < pairs.Length; i++)
            pairs[i] = new(primals[i], new Real(tangents == null ? Zeros.Structural : tangents[(long)(slot + i) * stride + direction]));
    }

    private static void AddTangents(ReadOnlySpan<Jet<Real>> pairs, double* tangents, int slot, int stride, int direction)
    {
        for (int i = 0; i < pairs.Length; i++)
            tangents[(long)(slot + i) * stride + direction] += pairs[i].Tangent.Value;
    }

    private static bool AreStructural(double* block, int slot, int length) =>
        Zeros.AreStructural(new ReadOnlySpan<double>(block + slot, length));

    // What a live result adds is live, unless the rule leaves out what it did not choose.
    private static void Forget(double* block, in Layout layout)
    {
        if (TRule.IsSelection)
            return;
        if (layout.UActive)
            Zeros.Forget(new Span<double>(block + layout.U.Slot, layout.ULength));
        if (layout.VActive)
            Zeros.Forget(new Span<double>(block + layout.V.Slot, layout.VLength));
    }

    private static Real[] Rented(int length)
    {
        Real[] zeros = ArrayPool<Real>.Shared.Rent(length);
        zeros.AsSpan(0, length).Clear();
        return zeros;
    }

    private static void Release(Real[] rented)
    {
        if (rented.Length > 0)
            ArrayPool<Real>.Shared.Return(rented);
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        if (TRule.IsBent && machine.IsBent(result))
        {
            machine.Values[result] = T.Norm(Operand(machine, layout.U, layout.ULength));
            return;
        }
        T.Evaluate<TRule>(layout.Arguments, Operand(machine, layout.U, layout.ULength), Operand(machine, layout.V, layout.VLength),
            machine.Values.AsSpan(result, b));
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Span<T> bars = machine.Adjoints.AsSpan(result, b);
        if (Rules.Rows.AreZero<T>(bars))
            return;
        Layout layout = new(machine.Recording.Extra + a);
        if (TRule.IsBent && machine.IsBent(result))
        {
            for (int i = layout.U.Slot; layout.UActive && i < layout.U.Slot + layout.ULength; i++)
                machine.Add(i, T.Along(bars[0], machine.Values[i], machine.Values[result]));
            return;
        }
        TRule.Adjoint<T>(layout.Arguments, Operand(machine, layout.U, layout.ULength), Operand(machine, layout.V, layout.VLength),
            machine.Values.AsSpan(result, b), bars,
            layout.UActive ? machine.Adjoints.AsSpan(layout.U.Slot, layout.ULength) : default,
            layout.VActive ? machine.Adjoints.AsSpan(layout.V.Slot, layout.VLength) : default);
    }

    private static T[] Operand<T>(Interpreter<T> machine, ArrayOperand operand, int length) where T : struct, IScalar<T>
    {
        T[] values = new T[length];
        for (int i = 0; i < length; i++)
            values[i] = operand.Value(machine, i);
        return values;
    }

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        Layout layout = new(rows.Source.Extra + a);
        bool varies = rows.Varies(layout.U, 1, layout.ULength) || rows.Varies(layout.V, 1, layout.VLength);
        if (!varies)
            return Lift.Uniform;
        ArrayView u = rows.Block(layout.U, layout.ULength), v = layout.VLength == 0 ? default : rows.Block(layout.V, layout.VLength);
        rows.Place(result, b, WideCompositeOperation<TRule>.Record(rows, u, v, layout.Arguments, b));
        return Lift.Wide;
    }

    public override bool IsDependent(Dependence slots, int a, int b)
    {
        Layout layout = new(slots.Extra + a);
        return slots.IsVariable(layout.U, layout.ULength) || slots.IsVariable(layout.V, layout.VLength);
    }

    public override void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector y, VarVector yBar)
    {
        Layout layout = new(sweep.Extra + a);
        RecordedComposite use = new(sweep, layout.Arguments, layout.U, layout.ULength, layout.V, layout.VLength, yBar);
        if ((use.WantsU || use.WantsV) && !TRule.TryRecordAdjoint<TRule>(use))
            base.RecordAdjoint(sweep, a, y, yBar);
    }
}
