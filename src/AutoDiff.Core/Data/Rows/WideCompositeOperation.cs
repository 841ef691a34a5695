using System.Buffers;

namespace AutoDiff.Engine;

/// <summary>
/// y = F(u, v) for many rows of data, lane by lane, since a composite rule chooses pivots and shifts by value. Operand A is the offset of
/// [length of u, length of v, integers, width, slot of u, slot of v] in the side table, B the number of results times the width.
/// </summary>
internal sealed unsafe class WideCompositeOperation<TRule> : WideOperation where TRule : struct, ICompositeRule
{
    public static readonly ushort Code = Register(new WideCompositeOperation<TRule>());

    private const int Header = 2 + CompositeArguments.IntegerCount;

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

    private static int InSlots(Widening rows, ArrayView block) => block.IsRecorded ? block.Slot : DataOperation.Record(rows.Recorder, block.Numbers).View.Slot;

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
            new LaneBlock(w.Values + y, layout.Width).Put(lane, rest);
        }
    }

    private static void Tangent(Workspace w, int a, int length, int y) => Tangent(w, a, length, y, false);

    private static void TangentAbsolute(Workspace w, int a, int length, int y) => Tangent(w, a, length, y, true);

    private static void Tangent(Workspace w, int a, int length, int y, bool absolute)
    {
        Layout layout = new(w.Extra + a);
        int n = length / layout.Width;
        using Scratch<Real> scratch = new(2 * (layout.ULength + layout.VLength + n));
        Span<Real> rest = scratch.Span, u = Next(ref rest, layout.ULength), v = Next(ref rest, layout.VLength);
        Span<Real> uDot = Next(ref rest, layout.ULength), vDot = Next(ref rest, layout.VLength), z = Next(ref rest, n);
        LaneBlock values = new(w.Values + y, layout.Width), dots = new(w.Dots + y, layout.Width);
        for (int lane = 0; lane < layout.Width; lane++)
        {
            layout.UIn(w.Dots).Take(lane, uDot);
            layout.VIn(w.Dots).Take(lane, vDot);
            if (absolute && AreZero(uDot) && AreZero(vDot))
                rest.Clear();
            else
            {
                layout.UIn(w.Values).Take(lane, u);
                layout.VIn(w.Values).Take(lane, v);
                values.Take(lane, z);
                TRule.Tangent<Real>(layout.Arguments, u, v, z, uDot, vDot, rest);
            }
            dots.Put(lane, rest);
        }
    }

    private static void Adjoint(Workspace w, int a, int length, int y) => Adjoint(w, a, length, y, false);

    private static void AdjointAbsolute(Workspace w, int a, int length, int y) => Adjoint(w, a, length, y, true);

    private static void Adjoint(Workspace w, int a, int length, int y, bool absolute)
    {
        Layout layout = new(w.Extra + a);
        int n = length / layout.Width;
        using Scratch<Real> scratch = new(2 * (layout.ULength + layout.VLength + n));
        Span<Real> rest = scratch.Span, u = Next(ref rest, layout.ULength), v = Next(ref rest, layout.VLength);
        Span<Real> uBar = Next(ref rest, layout.ULength), vBar = Next(ref rest, layout.VLength), z = Next(ref rest, n);
        LaneBlock values = new(w.Values + y, layout.Width), bars = new(w.Bars + y, layout.Width);
        for (int lane = 0; lane < layout.Width; lane++)
        {
            bars.Take(lane, rest);
            if (absolute && AreZero(rest))
                continue;
            layout.UIn(w.Values).Take(lane, u);
            layout.VIn(w.Values).Take(lane, v);
            values.Take(lane, z);
            layout.UIn(w.Bars).Take(lane, uBar);
            layout.VIn(w.Bars).Take(lane, vBar);
            TRule.Adjoint<Real>(layout.Arguments, u, v, z, rest, uBar, vBar);
            layout.UIn(w.Bars).Put(lane, uBar);
            layout.VIn(w.Bars).Put(lane, vBar);
        }
    }

    private static void AdjointTangent(Workspace w, int a, int length, int y) => AdjointTangent(w, a, length, y, false);

    private static void AdjointTangentAbsolute(Workspace w, int a, int length, int y) => AdjointTangent(w, a, length, y, true);

    private static void AdjointTangent(Workspace w, int a, int length, int y, bool absolute)
    {
        Layout layout = new(w.Extra + a);
        int n = length / layout.Width;
        using Scratch<Real> scratch = new(4 * n + layout.ULength);
        Span<Real> rest = scratch.Span, z = Next(ref rest, n), zDot = Next(ref rest, n), zBar = Next(ref rest, n), zBarDot = Next(ref rest, n), uBarDot = rest;
        using Scratch<Jet<Real>> pairs = new(2 * (layout.ULength + layout.VLength + n));
        for (int lane = 0; lane < layout.Width; lane++)
        {
            new LaneBlock(w.Bars + y, layout.Width).Take(lane, zBar);
            new LaneBlock(w.BarDots + y, layout.Width).Take(lane, zBarDot);
            if (absolute && AreZero(zBar) && AreZero(zBarDot))
                continue;
            new LaneBlock(w.Values + y, layout.Width).Take(lane, z);
            new LaneBlock(w.Dots + y, layout.Width).Take(lane, zDot);
            layout.UIn(w.BarDots).Take(lane, uBarDot);
            if (TRule.TryAdjointTangent(layout.Arguments, z, zDot, zBar, zBarDot, uBarDot))
                layout.UIn(w.BarDots).Put(lane, uBarDot);
            else
                InDualArithmetic(w, layout, lane, z, zDot, zBar, zBarDot, pairs.Span);
        }
    }

    private static void InDualArithmetic(
        Workspace w, in Layout layout, int lane, ReadOnlySpan<Real> z, ReadOnlySpan<Real> zDot, ReadOnlySpan<Real> zBar, ReadOnlySpan<Real> zBarDot, Span<Jet<Real>> rest)
    {
        Span<Jet<Real>> u = Next(ref rest, layout.ULength), v = Next(ref rest, layout.VLength), y = Next(ref rest, z.Length), yBar = Next(ref rest, z.Length);
        Span<Jet<Real>> uBar = Next(ref rest, layout.ULength), vBar = rest[..layout.VLength];
        Pair(layout.UIn(w.Values), layout.UIn(w.Dots), lane, u);
        Pair(layout.VIn(w.Values), layout.VIn(w.Dots), lane, v);
        for (int i = 0; i < z.Length; i++)
            (y[i], yBar[i]) = (new(z[i], zDot[i]), new(zBar[i], zBarDot[i]));
        uBar.Clear();
        vBar.Clear();
        TRule.Adjoint<Jet<Real>>(layout.Arguments, u, v, y, yBar, uBar, vBar);
        AddTangents(uBar, layout.UIn(w.BarDots), lane);
        AddTangents(vBar, layout.VIn(w.BarDots), lane);
    }

    private static void Pair(LaneBlock primals, LaneBlock tangents, int lane, Span<Jet<Real>> pairs)
    {
        for (int i = 0; i < pairs.Length; i++)
            pairs[i] = new(new Real(primals[i, lane]), new Real(tangents[i, lane]));
    }

    private static void AddTangents(ReadOnlySpan<Jet<Real>> pairs, LaneBlock block, int lane)
    {
        for (int i = 0; i < pairs.Length; i++)
            block[i, lane] += pairs[i].Tangent.Value;
    }

    private static bool AreZero(ReadOnlySpan<Real> numbers)
    {
        foreach (Real number in numbers)
        {
            if (number.Value != 0)
                return false;
        }
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
            T[] uBar = Take(machine.Adjoints, layout.U, layout.ULength, width, lane), vBar = Take(machine.Adjoints, layout.V, layout.VLength, width, lane);
            TRule.Adjoint<T>(layout.Arguments, Take(machine.Values, layout.U, layout.ULength, width, lane),
                Take(machine.Values, layout.V, layout.VLength, width, lane), Take(machine.Values, result, n, width, lane), bars, uBar, vBar);
            Put<T>(machine.Adjoints, layout.U, width, lane, uBar);
            Put<T>(machine.Adjoints, layout.V, width, lane, vBar);
        }
    }
}
