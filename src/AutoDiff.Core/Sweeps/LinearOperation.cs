using System.Runtime.InteropServices;

namespace AutoDiff.Engine;

/// <summary>
/// y = Lx on blocks of slots. Operand A is the offset of [x, length of x, index of the index list or −1, integers] in the side table, B the
/// number of results.
/// </summary>
internal sealed unsafe class LinearOperation<TRule> : Operation where TRule : struct, ILinearRule
{
    public static readonly ushort Code = Register(new LinearOperation<TRule>());

    private const int Header = 3;

    public override string Name => RuleName.Of(typeof(TRule));

    public override bool IsArray => true;

    public override OperationParts? Parts(Recording recording, int a, int b) => new(Math.Max(b, recording.Extra[a + 1]));

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint,
        AdjointAbsolute = &AdjointAbsolute,
        Plain = new() { Tangent = &Tangent<Real>, AdjointTangent = &AdjointTangent<Real> },
        Absolute = new() { Tangent = &TangentAbsolute, AdjointTangent = &AdjointTangentAbsolute },
        Eight = new() { Tangent = &Tangent<Lanes8>, AdjointTangent = &AdjointTangent<Lanes8> },
    };

    /// <summary>Records y = Lx for a recorded, contiguous x and computes it.</summary>
    public static int Record(Recorder recorder, ArrayView x, int length, ReadOnlySpan<int> integers = default, int[]? indices = null)
    {
        Span<int> extra = stackalloc int[Header + LinearArguments.IntegerCount];
        extra.Clear();
        extra[0] = x.Slot;
        extra[1] = x.Length;
        extra[2] = indices is null or [] ? -1 : recorder.AddReference(indices);
        integers.CopyTo(extra[Header..]);
        int offset = recorder.AddExtra(extra);
        int slot = recorder.EmitArray(Code, offset, length);
        recorder.Compute(&Primal, offset, length, slot);
        return slot;
    }

    /// <summary>y = Lx for constants.</summary>
    public static double[] Apply(ReadOnlySpan<double> x, int length, ReadOnlySpan<int> integers = default, int[]? indices = null)
    {
        double[] y = new double[length];
        Span<int> padded = stackalloc int[LinearArguments.IntegerCount];
        padded.Clear();
        integers.CopyTo(padded);
        TRule.Apply(new LinearArguments(padded, indices ?? []), MemoryMarshal.Cast<double, Real>(x), MemoryMarshal.Cast<double,
            Real>(y.AsSpan()));
        return y;
    }

    private static LinearArguments Arguments(Recording recording, int a)
    {
        int* extra = recording.Extra + a;
        return new(new ReadOnlySpan<int>(extra + Header, LinearArguments.IntegerCount), extra[2] < 0 ? []
            : (int[])recording.References[extra[2]]);
    }

    // The side table moves when a rule records over it.
    private static LinearArguments Copied(Recording recording, int a)
    {
        LinearArguments arguments = Arguments(recording, a);
        return new(arguments.Integers.ToArray(), arguments.Indices);
    }

    private static Span<T> Operand<T>(Workspace w, double* block, int a) where T : unmanaged => new((T*)block + w.Extra[a], w.Extra[a + 1]);

    private static void Primal(Workspace w, int a, int length, int y) =>
        TRule.Apply<Real>(Arguments(w.Recording, a), Operand<Real>(w, w.Values, a), new Span<Real>((Real*)w.Values + y, length));

    private static void Tangent<T>(Workspace w, int a, int length, int y) where T : unmanaged, IScalar<T> =>
        TRule.Apply<T>(Arguments(w.Recording, a), Operand<T>(w, w.Dots, a), new Span<T>((T*)w.Dots + y, length));

    private static void Adjoint(Workspace w, int a, int length, int y) =>
        TRule.TransposeAdd(Arguments(w.Recording, a), new ReadOnlySpan<Real>((Real*)w.Bars + y, length), Operand<Real>(w, w.Bars, a));

    private static void AdjointTangent<T>(Workspace w, int a, int length, int y) where T : unmanaged, IScalar<T> =>
        TRule.TransposeAdd(Arguments(w.Recording, a), new ReadOnlySpan<T>((T*)w.BarDots + y, length), Operand<T>(w, w.BarDots, a));

    // With structural zeros: a sum is one if all of its terms are. Which are is carried by the same rule.

    private static void TangentAbsolute(Workspace w, int a, int length, int y)
    {
        Tangent<Real>(w, a, length, y);
        MarkApplied(Arguments(w.Recording, a), Operand<double>(w, w.Dots, a), new Span<double>(w.Dots + y, length));
    }

    private static void AdjointAbsolute(Workspace w, int a, int length, int y) =>
        TransposeAddMarked(Arguments(w.Recording, a), new ReadOnlySpan<double>(w.Bars + y, length), Operand<double>(w, w.Bars, a));

    private static void AdjointTangentAbsolute(Workspace w, int a, int length, int y) =>
        TransposeAddMarked(Arguments(w.Recording, a), new ReadOnlySpan<double>(w.BarDots + y, length), Operand<double>(w, w.BarDots, a));

    /// <summary>Tells the structural zeros of y = Lx from others.</summary>
    public static void MarkApplied(in LinearArguments arguments, ReadOnlySpan<double> x, Span<double> y)
    {
        using Scratch<Real> scratch = new(x.Length + y.Length);
        Span<Real> from = scratch.Span[..x.Length], to = scratch.Span[x.Length..];
        Zeros.Marks(x, from);
        TRule.Apply<Real>(arguments, from, to);
        Zeros.Mark(y, to);
    }

    /// <summary>x̄ += Lᵀȳ, telling structural zeros from others.</summary>
    public static void TransposeAddMarked(in LinearArguments arguments, ReadOnlySpan<double> yBar, Span<double> xBar)
    {
        using Scratch<Real> scratch = new(xBar.Length + yBar.Length);
        Span<Real> to = scratch.Span[..xBar.Length], from = scratch.Span[xBar.Length..];
        Zeros.Marks(yBar, from);
        Zeros.Marks(xBar, to);
        TRule.TransposeAdd<Real>(arguments, from, to);
        TRule.TransposeAdd<Real>(arguments, MemoryMarshal.Cast<double, Real>(yBar), MemoryMarshal.Cast<double, Real>(xBar));
        Zeros.Mark(xBar, to);
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        (int x, int length) = (machine.Recording.Extra[a], machine.Recording.Extra[a + 1]);
        TRule.Apply<T>(Copied(machine.Recording, a), machine.Values.AsSpan(x, length), machine.Values.AsSpan(result, b));
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        (int x, int length) = (machine.Recording.Extra[a], machine.Recording.Extra[a + 1]);
        TRule.TransposeAdd<T>(Copied(machine.Recording, a), machine.Adjoints.AsSpan(result, b), machine.Adjoints.AsSpan(x, length));
    }

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        (int x, int length) = (rows.Source.Extra[a], rows.Source.Extra[a + 1]);
        if (!rows.Varies(x, length))
            return Lift.Uniform;
        rows.Place(result, b, WideLinearOperation<TRule>.Record(rows, rows.Block(x, length), Arguments(rows.Source, a), b));
        return Lift.Wide;
    }

    public override bool IsDependent(Dependence slots, int a, int b) => slots.IsVariable(slots.Extra[a], slots.Extra[a + 1]);

    public override void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector y, VarVector yBar)
    {
        (int x, int length) = (sweep.Extra[a], sweep.Extra[a + 1]);
        if (sweep.IsVariable(x, length))
            sweep.Add(x, TRule.Transpose<TRule>(Copied(sweep.Recording, a), yBar, length));
    }
}
