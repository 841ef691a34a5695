using System.Runtime.InteropServices;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>
/// y = Lx for many rows of data, as many lanes at a time as a register holds. Operand A is the offset of [x, length of x, index of the
/// index list or −1, integers, width] in the side table, B the number of results times the width.
/// </summary>
internal sealed unsafe class WideLinearOperation<TRule> : WideOperation where TRule : struct, ILinearRule
{
    public static readonly ushort Code = Register(new WideLinearOperation<TRule>());

    private const int Header = 3;

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

    /// <summary>Records y = Lx for a block of x, computes it, and returns its first lane.</summary>
    public static int Record(Widening rows, ArrayView x, in LinearArguments arguments, int length)
    {
        if (typeof(TRule) == typeof(Rules.SumAll))
            return Structured.Linear<Rules.SumOverRows>(x, 1, rows.Width).View.Slot;
        Span<int> extra = stackalloc int[Header + LinearArguments.IntegerCount + 1];
        extra[0] = x.Slot;
        extra[1] = x.Length / rows.Width;
        extra[2] = arguments.Indices.Length == 0 ? -1 : rows.Recorder.AddReference(arguments.Indices);
        arguments.Integers.CopyTo(extra[Header..]);
        extra[^1] = rows.Width;
        int offset = rows.Recorder.AddExtra(extra), slot = rows.Recorder.EmitArray(Code, offset, length * rows.Width);
        rows.Recorder.Compute(&Primal, offset, length * rows.Width, slot);
        return slot;
    }

    private readonly struct Layout(int* extra)
    {
        public readonly int X = extra[0], Length = extra[1], Width = extra[Header + LinearArguments.IntegerCount];
    }

    public override bool IsDependent(Dependence slots, int a, int b)
    {
        Layout layout = new(slots.Extra + a);
        return slots.IsVariable(layout.X, layout.Length * layout.Width);
    }

    private static LinearArguments Arguments(Recording recording, int a)
    {
        int* extra = recording.Extra + a;
        return new(new ReadOnlySpan<int>(extra + Header, LinearArguments.IntegerCount), extra[2] < 0 ? []
            : (int[])recording.References[extra[2]]);
    }

    private static void Primal(Workspace w, int a, int length, int y) => Apply(w, w.Values, a, length, y);

    private static void Tangent(Workspace w, int a, int length, int y) => Apply(w, w.Dots, a, length, y);

    private static void Adjoint(Workspace w, int a, int length, int y) => TransposeAdd(w, w.Bars, a, length, y);

    private static void AdjointTangent(Workspace w, int a, int length, int y) => TransposeAdd(w, w.BarDots, a, length, y);

    private static void TangentAbsolute(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Extra + a);
        using Scratch<double> scratch = new(layout.Length + length / layout.Width);
        Span<double> from = scratch.Span[..layout.Length], to = scratch.Span[layout.Length..];
        Tangent(w, a, length, y);
        LaneBlock x = new(w.Dots + layout.X, layout.Width), z = new(w.Dots + y, layout.Width);
        for (int lane = 0; lane < layout.Width; lane++)
        {
            x.Take(lane, MemoryMarshal.Cast<double, Real>(from));
            z.Take(lane, MemoryMarshal.Cast<double, Real>(to));
            LinearOperation<TRule>.MarkApplied(Arguments(w.Recording, a), from, to);
            z.Put<Real>(lane, MemoryMarshal.Cast<double, Real>(to));
        }
    }

    private static void AdjointAbsolute(Workspace w, int a, int length, int y) => TransposeAddMarked(w, w.Bars, a, length, y);

    private static void AdjointTangentAbsolute(Workspace w, int a, int length, int y) => TransposeAddMarked(w, w.BarDots, a, length, y);

    private static void TransposeAddMarked(Workspace w, double* block, int a, int length, int y)
    {
        Layout layout = new(w.Extra + a);
        using Scratch<double> scratch = new(layout.Length + length / layout.Width);
        Span<double> to = scratch.Span[..layout.Length], from = scratch.Span[layout.Length..];
        LaneBlock x = new(block + layout.X, layout.Width), z = new(block + y, layout.Width);
        for (int lane = 0; lane < layout.Width; lane++)
        {
            z.Take(lane, MemoryMarshal.Cast<double, Real>(from));
            x.Take(lane, MemoryMarshal.Cast<double, Real>(to));
            LinearOperation<TRule>.TransposeAddMarked(Arguments(w.Recording, a), from, to);
            x.Put<Real>(lane, MemoryMarshal.Cast<double, Real>(to));
        }
    }

    private static void Apply(Workspace w, double* block, int a, int length, int y)
    {
        if (VectorWidth.Lanes == 8)
            Apply<Lanes8>(w, block, a, length, y);
        else if (VectorWidth.Lanes == 4)
            Apply<Lanes4>(w, block, a, length, y);
        else
            Apply<Lanes2>(w, block, a, length, y);
    }

    private static void Apply<L>(Workspace w, double* block, int a, int length, int y) where L : unmanaged, ILanes<L>
    {
        Layout layout = new(w.Extra + a);
        using Scratch<L> scratch = new(layout.Length + length / layout.Width);
        Span<L> from = scratch.Span[..layout.Length], to = scratch.Span[layout.Length..];
        LaneBlock x = new(block + layout.X, layout.Width), z = new(block + y, layout.Width);
        for (int lane = 0; lane < layout.Width; lane += L.Count)
        {
            x.Take(lane, from);
            TRule.Apply<L>(Arguments(w.Recording, a), from, to);
            z.Put<L>(lane, to);
        }
    }

    private static void TransposeAdd(Workspace w, double* block, int a, int length, int y)
    {
        if (VectorWidth.Lanes == 8)
            TransposeAdd<Lanes8>(w, block, a, length, y);
        else if (VectorWidth.Lanes == 4)
            TransposeAdd<Lanes4>(w, block, a, length, y);
        else
            TransposeAdd<Lanes2>(w, block, a, length, y);
    }

    private static void TransposeAdd<L>(Workspace w, double* block, int a, int length, int y) where L : unmanaged, ILanes<L>
    {
        Layout layout = new(w.Extra + a);
        using Scratch<L> scratch = new(layout.Length + length / layout.Width);
        Span<L> to = scratch.Span[..layout.Length], from = scratch.Span[layout.Length..];
        LaneBlock x = new(block + layout.X, layout.Width), z = new(block + y, layout.Width);
        for (int lane = 0; lane < layout.Width; lane += L.Count)
        {
            z.Take(lane, from);
            x.Take(lane, to);
            TRule.TransposeAdd<L>(Arguments(w.Recording, a), from, to);
            x.Put<L>(lane, to);
        }
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        T[] y = new T[b / layout.Width];
        for (int lane = 0; lane < layout.Width; lane++)
        {
            TRule.Apply<T>(Arguments(machine.Recording, a), Take(machine.Values, layout.X, layout.Length, layout.Width, lane), y);
            Put<T>(machine.Values, result, layout.Width, lane, y);
        }
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        for (int lane = 0; lane < layout.Width; lane++)
        {
            T[] x = Take(machine.Adjoints, layout.X, layout.Length, layout.Width, lane);
            TRule.TransposeAdd<T>(Arguments(machine.Recording, a), Take(machine.Adjoints, result, b / layout.Width, layout.Width, lane), x);
            Put<T>(machine.Adjoints, layout.X, layout.Width, lane, x);
        }
    }
}
