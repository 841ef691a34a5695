using System.Runtime.CompilerServices;
using AutoDiff.Kernels;
using AutoDiff.Rules;

namespace AutoDiff.Engine;

/// <summary>y = φ(x) on a block of slots, in SIMD: operand A is the first slot of x, B the length.</summary>
internal sealed unsafe class ElementwiseUnary<TRule> : Operation where TRule : struct, IUnaryRule<TRule>
{
    public static readonly ushort Code = Register(new ElementwiseUnary<TRule>());

    public override bool IsBent => TRule.IsBent;

    public override string Name => typeof(TRule).Name;

    public override bool IsArray => true;

    public override bool IsSmooth => TRule.Kink is null && !IsUserCode && typeof(TRule) != typeof(StopGradient);

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

    private static void LanePrimal<L>(Workspace w, int x, int length, int y) where L : struct, ILanes<L> =>
        Evaluate<L>(ref w.Values[x], ref w.Values[y], length);

    /// <summary>y = φ(x).</summary>
    public static void Evaluate(ref double x, ref double y, int length)
    {
        if (VectorWidth.Lanes == 8)
            Evaluate<Lanes8>(ref x, ref y, length);
        else if (VectorWidth.Lanes == 4)
            Evaluate<Lanes4>(ref x, ref y, length);
        else
            Evaluate<Lanes2>(ref x, ref y, length);
    }

    // The tail is padded to full lanes, so that an element's bits do not depend on its place.
    private static void Evaluate<L>(ref double x, ref double y, int length) where L : struct, ILanes<L>
    {
        int i = 0;
        for (; i <= length - L.Count; i += L.Count)
            Step(ref x, ref y, i, L.Count);
        if (i < length)
            Step(ref x, ref y, i, length - i);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Step(ref double x, ref double y, int i, int count) =>
            L.Store(TRule.Value(L.Load(ref Unsafe.Add(ref x, i), count)), ref Unsafe.Add(ref y, i), count);
    }

    private static void LaneTangent<L>(Workspace w, int x, int length, int y) where L : struct, ILanes<L>
    {
        double* values = w.Values, dots = w.Dots;
        if (TRule.IsFlat)
        {
            new Span<double>(dots + y, length).Clear();
            return;
        }
        int i = 0;
        for (; i <= length - L.Count; i += L.Count)
            Step(values, dots, x + i, y + i, L.Count);
        if (i < length)
            Step(values, dots, x + i, y + i, length - i);
        for (i = 0; TRule.IsBent && i < length; i++)
        {
            if (w.IsBent(y + i))
                UnaryOperation<TRule>.Tangent<Plain>(w, x + i, 0, y + i);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Step(double* values, double* dots, int x, int y, int count)
        {
            L first = TRule.First(L.Load(ref values[x], count), L.Load(ref values[y], count));
            L.Store(first * L.Load(ref dots[x], count), ref dots[y], count);
        }
    }

    private static void LaneAdjoint<L>(Workspace w, int x, int length, int y) where L : struct, ILanes<L>
    {
        if (TRule.IsFlat)
            return;
        double* values = w.Values, bars = w.Bars;
        int i = 0;
        for (; i <= length - L.Count; i += L.Count)
            Step(values, bars, x + i, y + i, L.Count);
        if (i < length)
            Step(values, bars, x + i, y + i, length - i);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Step(double* values, double* bars, int x, int y, int count)
        {
            L first = TRule.First(L.Load(ref values[x], count), L.Load(ref values[y], count));
            L.Store(L.Load(ref bars[x], count) + first * L.Load(ref bars[y], count), ref bars[x], count);
        }
    }

    private static void LaneAdjointTangent<L>(Workspace w, int x, int length, int y) where L : struct, ILanes<L>
    {
        if (TRule.IsFlat)
            return;
        double* values = w.Values, bars = w.Bars, dots = w.Dots, barDots = w.BarDots;
        int i = 0;
        for (; i <= length - L.Count; i += L.Count)
            Step(values, bars, dots, barDots, x + i, y + i, L.Count);
        if (i < length)
            Step(values, bars, dots, barDots, x + i, y + i, length - i);
        for (i = 0; TRule.IsBent && i < length; i++)
        {
            if (w.IsBent(y + i))
                UnaryOperation<TRule>.AdjointTangent<Plain>(w, x + i, 0, y + i); // The step has added φ′ȳ˙, which is 0 there.
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Step(double* values, double* bars, double* dots, double* barDots, int x, int y, int count)
        {
            L vx = L.Load(ref values[x], count), vy = L.Load(ref values[y], count);
            L first = TRule.First(vx, vy);
            L change = first * L.Load(ref barDots[y], count);
            if (!TRule.IsPiecewiseLinear)
                change += TRule.Second(vx, vy, first) * L.Load(ref bars[y], count) * L.Load(ref dots[x], count);
            L.Store(L.Load(ref barDots[x], count) + change, ref barDots[x], count);
        }
    }

    // Element by element, for the tangents that are not plain.

    private static void Tangent<D>(Workspace w, int x, int length, int y) where D : unmanaged, ITangent<D>
    {
        for (int i = 0; i < length; i++)
            UnaryOperation<TRule>.Tangent<D>(w, x + i, 0, y + i);
    }

    private static void Adjoint<D>(Workspace w, int x, int length, int y) where D : unmanaged, ITangent<D>
    {
        for (int i = length - 1; i >= 0; i--)
            UnaryOperation<TRule>.Adjoint<D>(w, x + i, 0, y + i);
    }

    private static void AdjointTangent<D>(Workspace w, int x, int length, int y) where D : unmanaged, ITangent<D>
    {
        for (int i = length - 1; i >= 0; i--)
            UnaryOperation<TRule>.AdjointTangent<D>(w, x + i, 0, y + i);
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        for (int i = 0; i < b; i++)
            machine.Values[result + i] = TRule.IsBent && machine.IsBent(result + i) ? T.Norm([machine.Values[a + i]])
                : T.Apply<TRule>(machine.Values[a + i]);
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        if (TRule.IsFlat)
            return;
        for (int i = b - 1; i >= 0; i--)
        {
            if (TRule.IsBent && machine.IsBent(result + i))
                machine.Add(a + i, T.Along(machine.Adjoints[result + i], machine.Values[a + i], machine.Values[result + i]));
            else if (TRule.IsBent)
                machine.Add(a + i, T.Apply<BentProduct>(machine.Values[a + i], machine.Adjoints[result + i]));
            else
                machine.Accumulate(a + i, TRule.First(machine.Values[a + i], machine.Values[result + i]), result + i,
                    SlopeKind<TRule>.Of(machine.IsAtInfinity));
        }
    }

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        if (!rows.Varies(a, b))
            return Lift.Uniform;
        rows.Place(result, b, Elementwise.Apply<TRule>(rows.Block(a, b)).Slot);
        return Lift.Wide;
    }

    public override bool IsDependent(Dependence slots, int a, int b) => !TRule.IsFlat && slots.IsVariable(a, b);

    public override void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector y, VarVector yBar)
    {
        if (TRule.IsFlat || !sweep.IsVariable(a, y.Length))
            return;
        VarVector x = sweep.Block(a, y.Length);
        if (TRule.IsBent)
            sweep.Add(a, new VarVector(Elementwise.Apply<BentProduct>(x.View, yBar.View)));
        else
            sweep.Accumulate(a, TRule.First(x, y), yBar, SlopeKind<TRule>.Of(sweep.IsAtInfinity));
    }
}
