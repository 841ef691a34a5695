namespace AutoDiff.Engine;

/// <summary>
/// w = x · y + z, rounded once. Operand a is x, operand b the place of y and z in the side table; each is a slot, or the complement of a
/// constant's index.
/// </summary>
internal sealed unsafe class FusedMultiplyAddOperation : Operation
{
    public static readonly ushort Code = Register(new FusedMultiplyAddOperation());

    public override string Name => "FusedMultiplyAdd";

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint<Plain>,
        AdjointAbsolute = &Adjoint<Absolute>,
        Plain = new() { Tangent = &Tangent<Plain>, AdjointTangent = &AdjointTangent<Plain> },
        Absolute = new() { Tangent = &Tangent<Absolute>, AdjointTangent = &AdjointTangent<Absolute> },
        Eight = new() { Tangent = &Tangent<Eight>, AdjointTangent = &AdjointTangent<Eight> },
    };

    private static void Primal(Workspace w, int x, int rest, int result)
    {
        int y = w.Extra[rest], z = w.Extra[rest + 1];
        w.Values[result] = Math.FusedMultiplyAdd(w.ValueOf(x), w.ValueOf(y), w.ValueOf(z));
    }

    private static void Tangent<D>(Workspace w, int x, int rest, int result) where D : unmanaged, ITangent<D>
    {
        int y = w.Extra[rest], z = w.Extra[rest + 1];
        D* dot = (D*)w.Dots;
        dot[result] = Factor<D>(w, y) * TangentOf(dot, x) + Factor<D>(w, x) * TangentOf(dot, y) + TangentOf(dot, z);
    }

    private static void Adjoint<D>(Workspace w, int x, int rest, int result) where D : unmanaged, ITangent<D>
    {
        int y = w.Extra[rest], z = w.Extra[rest + 1];
        D* bar = (D*)w.Bars;
        if (IsSlot(x))
            bar[x] += Factor<D>(w, y) * bar[result];
        if (IsSlot(y))
            bar[y] += Factor<D>(w, x) * bar[result];
        if (IsSlot(z))
            bar[z] += bar[result];
    }

    private static void AdjointTangent<D>(Workspace w, int x, int rest, int result) where D : unmanaged, ITangent<D>
    {
        int y = w.Extra[rest], z = w.Extra[rest + 1];
        D* dot = (D*)w.Dots, barDot = (D*)w.BarDots;
        double bar = w.Bars[result];
        if (IsSlot(x))
            barDot[x] += Factor<D>(w, y) * barDot[result] + bar * TangentOf(dot, y);
        if (IsSlot(y))
            barDot[y] += Factor<D>(w, x) * barDot[result] + bar * TangentOf(dot, x);
        if (IsSlot(z))
            barDot[z] += barDot[result];
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result) =>
        machine.Values[result] =
            T.FusedMultiplyAdd(ValueOf(machine, a), ValueOf(machine, Second(machine, b)), ValueOf(machine, Third(machine, b)));

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        int y = Second(machine, b), z = Third(machine, b);
        if (machine.IsVariable(a))
            machine.Accumulate(a, ValueOf(machine, y), result, KindOf(machine, y));
        if (machine.IsVariable(y))
            machine.Accumulate(y, ValueOf(machine, a), result, KindOf(machine, a));
        if (machine.IsVariable(z))
            machine.Accumulate(z, T.Constant(1), result);
    }

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        int y = rows.Source.Extra[b], z = rows.Source.Extra[b + 1];
        if (!Varies(rows, a) && !Varies(rows, y) && !Varies(rows, z))
            return Lift.Uniform;
        rows.Place(result, ElementwiseFusedMultiplyAdd.Of(Widen(rows, a), Widen(rows, y), Widen(rows, z)));
        return Lift.Wide;
    }

    private static PartialKind KindOf<T>(Interpreter<T> machine, int operand) where T : struct, IScalar<T> =>
        PartialKinds<Rules.Multiply>.X(IsSlot(operand) && machine.Recording.Dependence.IsVariable(operand));

    private static bool Varies(Widening rows, int operand) => IsSlot(operand) && rows.Varies(operand);

    private static ArrayView Widen(Widening rows, int operand) =>
        IsSlot(operand) ? rows.Element(operand) : rows.Constant(rows.Source.Constants[~operand]);

    public override bool IsDependent(Dependence slots, int a, int b) =>
        slots.IsVariable(a) || slots.IsVariable(slots.Extra[b]) || slots.IsVariable(slots.Extra[b + 1]);

    private static bool IsSlot(int operand) => operand >= 0;

    private static double Factor<D>(Workspace w, int operand) where D : unmanaged, ITangent<D> =>
        IsSlot(operand) ? D.Factor(w.Values[operand], w, operand) : D.Constant(w.ValueOf(operand));

    private static D TangentOf<D>(D* dot, int operand) where D : unmanaged, ITangent<D> => IsSlot(operand) ? dot[operand] : D.None;

    private static T ValueOf<T>(Interpreter<T> machine, int operand) where T : struct, IScalar<T> =>
        IsSlot(operand) ? machine.Values[operand] : T.Constant(machine.Constant(~operand));

    private static int Second<T>(Interpreter<T> machine, int rest) where T : struct, IScalar<T> => machine.Recording.Extra[rest];

    private static int Third<T>(Interpreter<T> machine, int rest) where T : struct, IScalar<T> => machine.Recording.Extra[rest + 1];
}
