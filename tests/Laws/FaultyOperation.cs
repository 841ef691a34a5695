using AutoDiff.Engine;

namespace AutoDiff.Tests.Laws;

/// <summary>A copy of the operation of a rule of one variable, with a fault planted in its kernels; over any number type it is
/// right.</summary>
internal sealed unsafe class FaultyOperation<TRule> : Operation where TRule : struct, IUnaryRule<TRule>
{
    private static readonly ushort Code = Register(new FaultyOperation<TRule>());

    private readonly UnaryOperation<TRule> _right = new();

    public static Fault Planted { get; set; }

    public static Var Apply(Var x)
    {
        Recorder recorder = x.Checked("Faulty");
        return recorder.Emit(Code, x.Slot, 0, TRule.Value(x.Primal));
    }

    public override string Name => "Faulty";

    public override OperationKernels Kernels => _right.Kernels with
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint<Plain>,
        AdjointAbsolute = &Adjoint<Absolute>,
        Plain = _right.Kernels.Plain with { AdjointTangent = &AdjointTangent<Plain> },
        Absolute = _right.Kernels.Absolute with { AdjointTangent = &AdjointTangent<Absolute> },
        Eight = _right.Kernels.Eight with { AdjointTangent = &AdjointTangent<Eight> },
    };

    private static void Primal(Workspace w, int x, int _, int y)
    {
        if (Planted != Fault.NotReplayed)
            w.Values[y] = TRule.Value(w.Values[x]);
    }

    private static void Adjoint<D>(Workspace w, int x, int _, int y) where D : unmanaged, ITangent<D>
    {
        D* bar = (D*)w.Bars;
        D contribution = First(w, x, y) * bar[y];
        bar[x] = Planted == Fault.AssignedAdjoint ? contribution : bar[x] + contribution;
    }

    private static void AdjointTangent<D>(Workspace w, int x, int _, int y) where D : unmanaged, ITangent<D>
    {
        D* dot = (D*)w.Dots, barDot = (D*)w.BarDots;
        double first = First(w, x, y), second = TRule.Second(new Real(w.Values[x]), new Real(w.Values[y]), new Real(first)).Value;
        D contribution = first * barDot[y];
        if (Planted != Fault.DroppedSecondOrderTerm)
            contribution += D.Product(second, w.Bars[y]) * dot[x];
        barDot[x] = Planted == Fault.AssignedTangentOfAdjoint ? contribution : barDot[x] + contribution;
    }

    private static double First(Workspace w, int x, int y) => TRule.First(new Real(w.Values[x]), new Real(w.Values[y])).Value;

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result) => _right.Forward(machine, a, b, result);

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result) => _right.Reverse(machine, a, b, result);
}
