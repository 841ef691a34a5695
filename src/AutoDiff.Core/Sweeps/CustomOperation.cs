using System.Buffers;
using System.Runtime.InteropServices;

namespace AutoDiff.Engine;

/// <summary>y = F(x) for an array function of the user's. Operand A is the offset of [x, length of x, index of the function] in the side
/// table, B the number of results.</summary>
internal sealed unsafe class CustomOperation : Operation
{
    public static readonly ushort Code = Register(new CustomOperation());

    public override string Name => "Custom";

    public override bool IsArray => true;

    public override bool IsUserCode => true;

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint,
        AdjointAbsolute = &AdjointAbsolute,
        Plain = new() { Tangent = &Tangent, AdjointTangent = &AdjointTangent },
        Absolute = new() { Tangent = &TangentAbsolute, AdjointTangent = &AdjointTangentAbsolute },
        Eight = new() { Tangent = &TangentEight, AdjointTangent = &AdjointTangentEight },
    };

    private readonly struct Layout(Recording recording, int a)
    {
        public readonly int X = recording.Extra[a], Length = recording.Extra[a + 1];
        public readonly ArrayFunction Function = (ArrayFunction)recording.References[recording.Extra[a + 2]];
    }

    /// <summary>Records y = F(x), already computed.</summary>
    public static VarVector Record(Recorder recorder, ArrayFunction function, VarVector x, ReadOnlySpan<double> y)
    {
        int offset = recorder.AddExtra([x.View.Slot, x.Length, recorder.AddReference(function)]);
        int slot = recorder.EmitArray(Code, offset, y.Length);
        y.CopyTo(new Span<double>(recorder.Values + slot, y.Length));
        return new VarVector(recorder, recorder.EpochWord | (uint)slot, y.Length);
    }

    private static Span<double> Block(double* block, int slot, int length) => new(block + slot, length);

    private static bool AreStructural(double* block, int slot, int length) => Zeros.AreStructural(Block(block, slot, length));

    private static void Primal(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Recording, a);
        layout.Function.Evaluate(Block(w.Values, layout.X, layout.Length), Block(w.Values, y, length));
    }

    public override bool IsDependent(Dependence slots, int a, int b) => slots.IsVariable(slots.Extra[a], slots.Extra[a + 1]);

    private static void Tangent(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Recording, a);
        CustomRules.Tangent(layout.Function, Block(w.Values, layout.X, layout.Length), Block(w.Values, y, length),
            Block(w.Dots, layout.X, layout.Length), Block(w.Dots, y, length));
    }

    private static void TangentAbsolute(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Recording, a);
        if (AreStructural(w.Dots, layout.X, layout.Length))
        {
            Block(w.Dots, y, length).Fill(Zeros.Structural);
            return;
        }
        Tangent(w, a, length, y);
        Zeros.Forget(Block(w.Dots, y, length));
    }

    private static void TangentEight(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Recording, a);
        double[] xDot = new double[layout.Length], yDot = new double[length];
        for (int direction = 0; direction < Eight.Count; direction++)
        {
            CustomRules.Tangent(layout.Function, Block(w.Values, layout.X, layout.Length), Block(w.Values, y, length),
                Directions.Take(w.Dots, layout.X, direction, xDot), yDot);
            Directions.Put(yDot, w.Dots, y, direction);
        }
    }

    private static void Adjoint(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Recording, a);
        double[] rented = ArrayPool<double>.Shared.Rent(layout.Length);
        Span<double> xBar = rented.AsSpan(0, layout.Length);
        CustomRules.Adjoint(layout.Function, Block(w.Values, layout.X, layout.Length), Block(w.Values, y, length), Block(w.Bars, y, length),
            xBar);
        Add(xBar, Block(w.Bars, layout.X, layout.Length));
        ArrayPool<double>.Shared.Return(rented);
    }

    private static void AdjointAbsolute(Workspace w, int a, int length, int y)
    {
        if (AreStructural(w.Bars, y, length))
            return;
        Adjoint(w, a, length, y);
        Layout layout = new(w.Recording, a);
        Zeros.Forget(Block(w.Bars, layout.X, layout.Length));
    }

    private static SecondOrderRule SecondOrderRuleOf(Workspace w, in Layout layout, int y, int length) =>
        SecondOrderRule.Of(layout.Function, w.Values + layout.X, layout.Length, w.Values + y, w.Bars + y, length);

    private static void AdjointTangent(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Recording, a);
        using SecondOrderRule rule = SecondOrderRuleOf(w, layout, y, length);
        double[] rented = ArrayPool<double>.Shared.Rent(layout.Length);
        Span<double> xBarDot = rented.AsSpan(0, layout.Length);
        rule.Apply(Block(w.Dots, layout.X, layout.Length), Block(w.Dots, y, length), Block(w.BarDots, y, length), xBarDot);
        Add(xBarDot, Block(w.BarDots, layout.X, layout.Length));
        ArrayPool<double>.Shared.Return(rented);
    }

    private static void AdjointTangentAbsolute(Workspace w, int a, int length, int y)
    {
        if (AreStructural(w.Bars, y, length) && AreStructural(w.BarDots, y, length))
            return;
        AdjointTangent(w, a, length, y);
        Layout layout = new(w.Recording, a);
        Zeros.Forget(Block(w.BarDots, layout.X, layout.Length));
    }

    private static void AdjointTangentEight(Workspace w, int a, int length, int y)
    {
        Layout layout = new(w.Recording, a);
        using SecondOrderRule rule = SecondOrderRuleOf(w, layout, y, length);
        double[] xDot = new double[layout.Length], yDot = new double[length], yBarDot = new double[length], sum = new double[layout.Length],
            xBarDot = new double[layout.Length];
        for (int direction = 0; direction < Eight.Count; direction++)
        {
            rule.Apply(Directions.Take(w.Dots, layout.X, direction, xDot), Directions.Take(w.Dots, y, direction, yDot),
                Directions.Take(w.BarDots, y, direction, yBarDot), xBarDot);
            Directions.Take(w.BarDots, layout.X, direction, sum);
            Add(xBarDot, sum);
            Directions.Put(sum, w.BarDots, layout.X, direction);
        }
    }

    private static void Add(ReadOnlySpan<double> terms, Span<double> sums) =>
        Strands.Add(MemoryMarshal.Cast<double, Real>(terms), MemoryMarshal.Cast<double, Real>(sums));

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording, a);
        T.Evaluate(layout.Function, machine.Values.AsSpan(layout.X, layout.Length), machine.Values.AsSpan(result, b));
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Span<T> bars = machine.Adjoints.AsSpan(result, b);
        if (Rules.Rows.AreZero<T>(bars))
            return;
        Layout layout = new(machine.Recording, a);
        T[] xBar = new T[layout.Length];
        CustomRules.Adjoint<T>(
            layout.Function, machine.Values.AsSpan(layout.X, layout.Length), machine.Values.AsSpan(result, b), bars, xBar);
        Strands.Add<T>(xBar, machine.Adjoints.AsSpan(layout.X, layout.Length));
    }
}
