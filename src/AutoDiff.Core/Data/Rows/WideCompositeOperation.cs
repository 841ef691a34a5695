using System.Runtime.InteropServices;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>
/// y = F(u, v) for many rows of data. Values are computed lane by lane, since a composite rule chooses pivots and shifts by value;
/// derivatives several lanes at a time where the rule says that it can. Operand A is the offset of [length of u, length of v, integers,
/// width, slot of u, slot of v] in the side table, B the number of results times the width.
/// </summary>
internal sealed unsafe class WideCompositeOperation<TRule> : WideOperation where TRule : struct, ICompositeRule
{
    public static readonly ushort Code = Register(new WideCompositeOperation<TRule>());

    private const int Header = 2 + CompositeArguments.IntegerCount;

    public override bool IsBent => TRule.IsBent;

    public override string Name => "Wide" + RuleName.Of(typeof(TRule));

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint,
        AdjointAbsolute = &AdjointAbsolute,
        Plain = new() { Tangent = &Tangent, AdjointTangent = &AdjointTangent },
        Absolute = new() { Tangent = &TangentAbsolute, AdjointTangent = &AdjointTangentAbsolute },
        Eight = new() { Tangent = &OneAtATime, AdjointTangent = &OneAtATime },
    };

    private readonly struct Layout(int* extra)
    {
        private readonly int* _extra = extra;

        public readonly int ULength = extra[0], VLength = extra[1], Width = extra[Header];
        public readonly int U = extra[Header + 1], V = extra[Header + 2];

        public CompositeArguments Arguments => new(new ReadOnlySpan<int>(_extra + 2, CompositeArguments.IntegerCount));

        public LaneBlock UIn(double* block) => new(block + U, Width);

        public LaneBlock VIn(double* block) => new(block + V, Width);
    }

    /// <summary>Records y = F(u, v) for blocks of u and v (default if there is none), computes it, and returns its first lane.</summary>
    public static int Record(Widening rows, ArrayView u, ArrayView v, in CompositeArguments arguments, int length)
    {
        Span<int> extra = stackalloc int[Header + 3];
        (extra[0], extra[1]) = (u.Length / rows.Width, v.Length / rows.Width);
        arguments.Integers.CopyTo(extra[2..]);
        extra[Header] = rows.Width;
        extra[Header + 1] = InSlots(rows, u);
        extra[Header + 2] = v.Length == 0 ? 0 : InSlots(rows, v);
        int offset = rows.Recorder.AddExtra(extra), slot = rows.Recorder.EmitArray(Code, offset, length * rows.Width);
        rows.Recorder.Compute(&Primal, offset, length * rows.Width, slot);
        return slot;
    }

    public override bool IsDependent(Dependence slots, int a, int b)
    {
        Layout layout = new(slots.Extra + a);
        return slots.IsVariable(layout.U, layout.ULength * layout.Width) || layout.VLength > 0
            && slots.IsVariable(layout.V, layout.VLength * layout.Width);
    }

    private static int InSlots(Widening rows, ArrayView block) =>
        block.IsRecorded ? block.Slot : DataOperation.Record(rows.Recorder, block.Numbers).View.Slot;

    private static void Primal(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Extra + a);
        int n = length / layout.Width;
        using Scratch<Real> scratch = new(layout.ULength + layout.VLength + n);
        Span<Real> rest = scratch.Span, u = Next(ref rest, layout.ULength), v = Next(ref rest, layout.VLength);
        for (int lane = 0; lane < layout.Width; lane++)
        {
            layout.UIn(w.Values).Take(lane, u);
            layout.VIn(w.Values).Take(lane, v);
            TRule.Value<Real>(layout.Arguments, u, v, rest);
            new LaneBlock(w.Values + y, layout.Width).Put<Real>(lane, rest);
        }
    }

    private static void Tangent(Workspace w, int a, int length, int y) => Tangent(w, a, length, y, false);

    private static void TangentAbsolute(Workspace w, int a, int length, int y) => Tangent(w, a, length, y, true);

    private static void Tangent(Workspace w, int a, int length, int y, bool absolute)
    {
        if (!TRule.DerivativesRunInLanes)
            Tangent<Real>(w, a, length, y, absolute);
        else if (VectorWidth.Lanes == 8)
            Tangent<Lanes8>(w, a, length, y, absolute);
        else if (VectorWidth.Lanes == 4)
            Tangent<Lanes4>(w, a, length, y, absolute);
        else
            Tangent<Lanes2>(w, a, length, y, absolute);
    }

    private static void Tangent<T>(Workspace w, int a, int length, int y, bool absolute) where T : unmanaged, IScalar<T>
    {
        Layout layout = new(w.Extra + a);
        int n = length / layout.Width;
        using Scratch<T> scratch = new(2 * (layout.ULength + layout.VLength + n));
        Span<T> rest = scratch.Span, u = Next(ref rest, layout.ULength), v = Next(ref rest, layout.VLength);
        Span<T> uDot = Next(ref rest, layout.ULength), vDot = Next(ref rest, layout.VLength), z = Next(ref rest, n);
        LaneBlock values = new(w.Values + y, layout.Width), dots = new(w.Dots + y, layout.Width);
        for (int lane = 0; lane < layout.Width; lane += sizeof(T) / sizeof(double))
        {
            layout.UIn(w.Dots).Take(lane, uDot);
            layout.VIn(w.Dots).Take(lane, vDot);
            bool isNone = absolute && AreStructural<T>(uDot) && AreStructural<T>(vDot);
            if (isNone)
                MemoryMarshal.Cast<T, double>(rest).Fill(Zeros.Structural);
            else
            {
                layout.UIn(w.Values).Take(lane, u);
                layout.VIn(w.Values).Take(lane, v);
                values.Take(lane, z);
                TRule.Tangent<T>(layout.Arguments, u, v, z, uDot, vDot, rest);
            }
            if (absolute && !isNone)
                Zeros.Forget(MemoryMarshal.Cast<T, double>(rest));
            for (int k = 0; TRule.IsBent && k < sizeof(T) / sizeof(double); k++)
            {
                if (w.IsBent(y + lane + k))
                    MemoryMarshal.Cast<T, double>(rest)[k] = Size(layout, w.Dots, lane + k);
            }
            dots.Put<T>(lane, rest);
        }
    }

    private static void Adjoint(Workspace w, int a, int length, int y) => Adjoint(w, a, length, y, false);

    private static void AdjointAbsolute(Workspace w, int a, int length, int y) => Adjoint(w, a, length, y, true);

    private static void Adjoint(Workspace w, int a, int length, int y, bool absolute)
    {
        if (!TRule.DerivativesRunInLanes)
            Adjoint<Real>(w, a, length, y, absolute);
        else if (VectorWidth.Lanes == 8)
            Adjoint<Lanes8>(w, a, length, y, absolute);
        else if (VectorWidth.Lanes == 4)
            Adjoint<Lanes4>(w, a, length, y, absolute);
        else
            Adjoint<Lanes2>(w, a, length, y, absolute);
    }

    private static void Adjoint<T>(Workspace w, int a, int length, int y, bool absolute) where T : unmanaged, IScalar<T>
    {
        Layout layout = new(w.Extra + a);
        int n = length / layout.Width;
        using Scratch<T> scratch = new(2 * (layout.ULength + layout.VLength + n)), sums = new(Math.Max(layout.ULength, layout.VLength));
        Span<T> rest = scratch.Span, u = Next(ref rest, layout.ULength), v = Next(ref rest, layout.VLength);
        Span<T> uBar = Next(ref rest, layout.ULength), vBar = Next(ref rest, layout.VLength), z = Next(ref rest, n);
        LaneBlock values = new(w.Values + y, layout.Width), bars = new(w.Bars + y, layout.Width);
        for (int lane = 0; lane < layout.Width; lane += sizeof(T) / sizeof(double))
        {
            bars.Take(lane, rest);
            if (absolute && AreStructural<T>(rest))
                continue;
            layout.UIn(w.Values).Take(lane, u);
            layout.VIn(w.Values).Take(lane, v);
            values.Take(lane, z);
            // What a rule leaves out is no path; what it adds is live even if it is 0.
            T none = T.Constant(TRule.IsSelection ? Zeros.Structural : 0);
            uBar.Fill(none);
            vBar.Fill(none);
            TRule.Adjoint<T>(layout.Arguments, u, v, z, rest, uBar, vBar);
            // One after the other: the operands may share slots.
            Add<T>(uBar, layout.UIn(w.Bars), lane, sums.Span);
            Add<T>(vBar, layout.VIn(w.Bars), lane, sums.Span);
        }
    }

    private static void AdjointTangent(Workspace w, int a, int length, int y) => AdjointTangent(w, a, length, y, false);

    private static void AdjointTangentAbsolute(Workspace w, int a, int length, int y) => AdjointTangent(w, a, length, y, true);

    private static void AdjointTangent(Workspace w, int a, int length, int y, bool absolute)
    {
        if (!TRule.DerivativesRunInLanes)
            AdjointTangent<Real>(w, a, length, y, absolute);
        else if (VectorWidth.Lanes == 8)
            AdjointTangent<Lanes8>(w, a, length, y, absolute);
        else if (VectorWidth.Lanes == 4)
            AdjointTangent<Lanes4>(w, a, length, y, absolute);
        else
            AdjointTangent<Lanes2>(w, a, length, y, absolute);
    }

    // The VJP in dual arithmetic.
    private static void AdjointTangent<T>(Workspace w, int a, int length, int y, bool absolute) where T : unmanaged, IScalar<T>
    {
        Layout layout = new(w.Extra + a);
        int n = length / layout.Width, most = Math.Max(n, Math.Max(layout.ULength, layout.VLength));
        using Scratch<T> scratch = new(2 * most);
        using Scratch<Jet<T>> pairs = new(2 * (layout.ULength + layout.VLength + n));
        Span<Jet<T>> rest = pairs.Span, u = Next(ref rest, layout.ULength), v = Next(ref rest, layout.VLength);
        Span<Jet<T>> uBar = Next(ref rest, layout.ULength), vBar = Next(ref rest, layout.VLength), z = Next(ref rest, n), zBar = rest;
        LaneBlock values = new(w.Values + y, layout.Width), dots = new(w.Dots + y, layout.Width);
        LaneBlock bars = new(w.Bars + y, layout.Width), barDots = new(w.BarDots + y, layout.Width);
        for (int lane = 0; lane < layout.Width; lane += sizeof(T) / sizeof(double))
        {
            Pair(bars, barDots, lane, zBar, scratch.Span);
            if (absolute && AreStructural<Jet<T>>(zBar))
                continue;
            if (TRule.IsBent && TryAddBent(w, layout, y, lane, sizeof(T) / sizeof(double)))
                continue;
            Pair(values, dots, lane, z, scratch.Span);
            Pair(layout.UIn(w.Values), layout.UIn(w.Dots), lane, u, scratch.Span);
            Pair(layout.VIn(w.Values), layout.VIn(w.Dots), lane, v, scratch.Span);
            Jet<T> none = new(T.Constant(0), T.Constant(TRule.IsSelection ? Zeros.Structural : 0));
            uBar.Fill(none);
            vBar.Fill(none);
            TRule.Adjoint<Jet<T>>(layout.Arguments, u, v, z, zBar, uBar, vBar);
            AddTangents(uBar, layout.UIn(w.BarDots), lane, scratch.Span);
            AddTangents(vBar, layout.VIn(w.BarDots), lane, scratch.Span);
        }
    }

    private static void Pair<T>(LaneBlock primals, LaneBlock tangents, int lane, Span<Jet<T>> pairs, Span<T> scratch)
        where T : unmanaged, IScalar<T>
    {
        Span<T> x = scratch[..pairs.Length], dot = scratch.Slice(pairs.Length, pairs.Length);
        primals.Take(lane, x);
        tangents.Take(lane, dot);
        for (int i = 0; i < pairs.Length; i++)
            pairs[i] = new(x[i], dot[i]);
    }

    private static void Add<T>(ReadOnlySpan<T> terms, LaneBlock block, int lane, Span<T> scratch) where T : unmanaged, IScalar<T>
    {
        Span<T> sums = scratch[..terms.Length];
        block.Take(lane, sums);
        for (int i = 0; i < terms.Length; i++)
            sums[i] += terms[i];
        block.Put<T>(lane, sums);
    }

    private static void AddTangents<T>(ReadOnlySpan<Jet<T>> pairs, LaneBlock block, int lane, Span<T> scratch)
        where T : unmanaged, IScalar<T>
    {
        Span<T> sums = scratch[..pairs.Length];
        block.Take(lane, sums);
        for (int i = 0; i < pairs.Length; i++)
            sums[i] += pairs[i].Tangent;
        block.Put<T>(lane, sums);
    }

    private static bool AreStructural<T>(ReadOnlySpan<T> numbers) where T : unmanaged =>
        Zeros.AreStructural(MemoryMarshal.Cast<T, double>(numbers));

    /// <summary>‖u̇‖ in one lane.</summary>
    private static double Size(in Layout layout, double* dots, int lane)
    {
        using Scratch<Real> scratch = new(layout.ULength);
        Span<Real> size = [new(0)];
        layout.UIn(dots).Take(lane, scratch.Span);
        Rules.Norm.Value<Real>(default, scratch.Span, default, size);
        return size[0].Value;
    }

    // Lanes run one by one where norms are bent, since a norm's derivatives look at values.
    private static bool TryAddBent(Workspace w, in Layout layout, int y, int lane, int lanes)
    {
        if (lanes != 1 || !w.IsBent(y + lane))
            return false;
        LaneBlock dots = layout.UIn(w.Dots), barDots = layout.UIn(w.BarDots);
        for (int i = 0; i < layout.ULength; i++)
            barDots[i, lane] += Plain.Along(new Plain(w.BarDots[y + lane]), new Plain(dots[i, lane]), new Plain(w.Dots[y + lane])).Value;
        return true;
    }

    private static Span<T> Next<T>(ref Span<T> rest, int length)
    {
        Span<T> next = rest[..length];
        rest = rest[length..];
        return next;
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        T[] y = new T[b / layout.Width];
        for (int lane = 0; lane < layout.Width; lane++)
        {
            if (TRule.IsBent && machine.IsBent(result + lane))
            {
                machine.Values[result + lane] = T.Norm(Take(machine.Values, layout.U, layout.ULength, layout.Width, lane));
                continue;
            }
            T.Evaluate<TRule>(layout.Arguments, Take(machine.Values, layout.U, layout.ULength, layout.Width, lane),
                Take(machine.Values, layout.V, layout.VLength, layout.Width, lane), y);
            Put<T>(machine.Values, result, layout.Width, lane, y);
        }
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        int n = b / layout.Width, width = layout.Width;
        for (int lane = 0; lane < width; lane++)
        {
            T[] bars = Take(machine.Adjoints, result, n, width, lane);
            if (Rules.Rows.AreZero<T>(bars))
                continue;
            if (TRule.IsBent && machine.IsBent(result + lane))
            {
                for (int i = 0, u = layout.U + lane; i < layout.ULength; i++, u += width)
                    machine.Add(u, T.Along(bars[0], machine.Values[u], machine.Values[result + lane]));
                continue;
            }
            T none = T.Constant(TRule.IsSelection ? Zeros.Structural : 0);
            T[] uBar = [.. Enumerable.Repeat(none, layout.ULength)], vBar = [.. Enumerable.Repeat(none, layout.VLength)];
            TRule.Adjoint<T>(layout.Arguments, Take(machine.Values, layout.U, layout.ULength, width, lane),
                Take(machine.Values, layout.V, layout.VLength, width, lane), Take(machine.Values, result, n, width, lane), bars, uBar,
                    vBar);
            Add<T>(machine.Adjoints, layout.U, width, lane, uBar);
            Add<T>(machine.Adjoints, layout.V, width, lane, vBar);
        }
    }

    private static void Add<T>(SlotBlock<T> block, int first, int width, int lane, T[] terms) where T : struct, IScalar<T>
    {
        for (int i = 0; i < terms.Length; i++)
            block[first + i * width + lane] = T.Accumulate(block[first + i * width + lane], terms[i]);
    }
}
