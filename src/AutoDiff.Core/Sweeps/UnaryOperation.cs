using AutoDiff.Rules;

namespace AutoDiff.Engine;

/// <summary>y = φ(x) on one slot: the chain rule, in every sweep, for the rule <typeparamref name="TRule"/>.</summary>
internal sealed unsafe class UnaryOperation<TRule> : ScalarOperation where TRule : struct, IUnaryRule<TRule>
{
    public static readonly ushort Code = Register(new UnaryOperation<TRule>());

    public override bool IsBent => TRule.IsBent;

    public override string Name => typeof(TRule).Name;

    public override bool IsSmooth => TRule.Kink is null && !IsUserCode && typeof(TRule) != typeof(StopGradient);

    public override bool IsUserCode => UserRule<TRule>.Is;

    public override OperandKind Left => OperandKind.Slot;

    public override OperandKind Right => OperandKind.None;

    public override ushort WithSlots => Code;

    public override T Value<T>(T x, T y) => T.Apply<TRule>(x);

    public override void Pull<T>(T x, T y, T z, T zBar, ref T xBar, ref T yBar)
    {
        if (TRule.IsBent)
            xBar = T.Accumulate(xBar, T.Apply<BentProduct>(x, zBar));
        else if (!TRule.IsFlat)
            xBar = T.Accumulate(xBar, TRule.First(x, z) * zBar);
    }

    public override double[] ScalarOperands(Recording recording, int a, int b) => [recording.Values[a]];

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint<Plain>,
        AdjointAbsolute = &Adjoint<Absolute>,
        Plain = new() { Tangent = &Tangent<Plain>, AdjointTangent = &AdjointTangent<Plain> },
        Absolute = new() { Tangent = &Tangent<Absolute>, AdjointTangent = &AdjointTangent<Absolute> },
        Eight = new() { Tangent = &Tangent<Eight>, AdjointTangent = &AdjointTangent<Eight> },
    };

    private static void Primal(Workspace w, int x, int _, int y) => w.Values[y] = TRule.Value(w.Values[x]);

    public static void Tangent<D>(Workspace w, int x, int _, int y) where D : unmanaged, ITangent<D>
    {
        D* dot = (D*)w.Dots;
        if (TRule.IsFlat)
            dot[y] = D.None;
        else if (TRule.IsBent && w.IsBent(y))
            dot[y] = D.Norm(dot[x], D.None);
        else
            dot[y] = First<D>(w, x, y) * dot[x];
    }

    public static void Adjoint<D>(Workspace w, int x, int _, int y) where D : unmanaged, ITangent<D>
    {
        if (TRule.IsFlat)
            return;
        D* bar = (D*)w.Bars;
        bar[x] += First<D>(w, x, y) * bar[y];
    }

    public static void AdjointTangent<D>(Workspace w, int x, int _, int y) where D : unmanaged, ITangent<D>
    {
        if (TRule.IsFlat)
            return;
        D* dot = (D*)w.Dots, barDot = (D*)w.BarDots;
        double first = First<D>(w, x, y);
        if (TRule.IsBent && w.IsBent(y))
            barDot[x] += D.Along(barDot[y], dot[x], dot[y]);
        else if (TRule.IsPiecewiseLinear)
            barDot[x] += first * barDot[y];
        else
            barDot[x] += first * barDot[y] + D.Product(Second<D>(w, x, y, first), w.Bars[y]) * dot[x];
    }

    private static double First<D>(Workspace w, int x, int y) where D : unmanaged, ITangent<D>
    {
        double first = TRule.First(new Real(w.Values[x]), new Real(w.Values[y])).Value;
        return TRule.IsSelection ? D.Share(first) : TRule.LevelsOff ? D.Slope(first, w, x, y) : D.Live(first);
    }

    private static double Second<D>(Workspace w, int x, int y, double first) where D : unmanaged, ITangent<D> =>
        D.Live(TRule.Second(new Real(w.Values[x]), new Real(w.Values[y]), new Real(first)).Value);

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result) =>
        machine.Values[result] = TRule.IsBent && machine.IsBent(result) ? T.Norm([machine.Values[a]]) : T.Apply<TRule>(machine.Values[a]);

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        if (TRule.IsFlat || !machine.IsVariable(a))
            return;
        if (TRule.IsBent && machine.IsBent(result))
            machine.Add(a, T.Along(machine.Adjoints[result], machine.Values[a], machine.Values[result]));
        else if (TRule.IsBent)
            machine.Add(a, T.Apply<BentProduct>(machine.Values[a], machine.Adjoints[result]));
        else
            machine.Accumulate(a, TRule.First(machine.Values[a], machine.Values[result]), result,
                SlopeKind<TRule>.Of(machine.IsAtInfinity));
    }

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        if (!rows.Varies(a))
            return Lift.Uniform;
        rows.Place(result, Elementwise.Apply<TRule>(rows.Element(a)));
        return Lift.Wide;
    }

    public override bool IsDependent(Dependence slots, int a, int b) => !TRule.IsFlat && slots.IsVariable(a);
}
