using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>Where a scalar operand is found: decided when the operation is recorded, and compiled into its kernels.</summary>
internal interface IOperand
{
    /// <summary>Whether derivatives flow through it.</summary>
    static abstract bool IsActive { get; }

    static abstract double Value(Workspace w, int index);

    static abstract T Value<T>(Interpreter<T> machine, int index) where T : struct, IScalar<T>;

    /// <summary>The operand for many rows of data.</summary>
    static abstract ArrayView Widen(Widening rows, int index);
}

/// <summary>An operand in a slot.</summary>
internal readonly unsafe struct SlotOperand : IOperand
{
    public static bool IsActive => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Value(Workspace w, int index) => w.Values[index];

    public static T Value<T>(Interpreter<T> machine, int index) where T : struct, IScalar<T> => machine.Values[index];

    public static ArrayView Widen(Widening rows, int index) => rows.Element(index);
}

/// <summary>An operand among the constants.</summary>
internal readonly unsafe struct ConstantOperand : IOperand
{
    public static bool IsActive => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Value(Workspace w, int index) => w.Constants[index];

    public static T Value<T>(Interpreter<T> machine, int index) where T : struct, IScalar<T> => T.Constant(machine.Constant(index));

    public static unsafe ArrayView Widen(Widening rows, int index) => rows.Constant(rows.Source.Constants[index]);
}

/// <summary>z = φ(x, y) on two scalars, either of which may be a constant: the chain rule, in every sweep, for the rule
/// <typeparamref name="TRule"/>.</summary>
internal sealed unsafe class BinaryOperation<TRule, X, Y> : ScalarOperation
    where TRule : struct, IBinaryRule<TRule>
    where X : struct, IOperand
    where Y : struct, IOperand
{
    public static readonly ushort Code = Register(new BinaryOperation<TRule, X, Y>());

    public override string Name => typeof(TRule).Name;

    public override bool IsUserCode => UserRule<TRule>.Is;

    public override OperandKind Left => X.IsActive ? OperandKind.Slot : OperandKind.Constant;

    public override OperandKind Right => Y.IsActive ? OperandKind.Slot : OperandKind.Constant;

    public override ushort WithSlots => BinaryOperation<TRule, SlotOperand, SlotOperand>.Code;

    // Arithmetic by operators, which a number type may know more of than of rules in general.
    public override T Value<T>(T x, T y) =>
        typeof(TRule) == typeof(Rules.Add) ? x + y
        : typeof(TRule) == typeof(Rules.Subtract) ? x - y
        : typeof(TRule) == typeof(Rules.Multiply) ? x * y
        : typeof(TRule) == typeof(Rules.Divide) ? x / y
        : T.Apply<TRule>(x, y);

    public override void Pull<T>(T x, T y, T z, T zBar, ref T xBar, ref T yBar)
    {
        if (TRule.IsFlat)
            return;
        if (typeof(TRule) == typeof(Rules.Divide))
        {
            // One division serves both partials, 1/y and −z/y.
            T quotient = zBar / y;
            if (X.IsActive)
                xBar = T.Accumulate(xBar, quotient);
            if (Y.IsActive)
                yBar = T.Accumulate(yBar, -(z * quotient));
            return;
        }
        if (X.IsActive)
            xBar = T.Accumulate(xBar, TRule.FirstX(x, y, z) * zBar);
        if (Y.IsActive)
            yBar = T.Accumulate(yBar, TRule.FirstY(x, y, z) * zBar);
    }

    public override double[] ScalarOperands(Recording recording, int a, int b) =>
        [X.IsActive ? recording.Values[a] : recording.Constants[a], Y.IsActive ? recording.Values[b] : recording.Constants[b]];

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint<Plain>,
        AdjointAbsolute = &Adjoint<Absolute>,
        Plain = new() { Tangent = &Tangent<Plain>, AdjointTangent = &AdjointTangent<Plain> },
        Absolute = new() { Tangent = &Tangent<Absolute>, AdjointTangent = &AdjointTangent<Absolute> },
        Eight = new() { Tangent = &Tangent<Eight>, AdjointTangent = &AdjointTangent<Eight> },
    };

    private static void Primal(Workspace w, int a, int b, int result) => w.Values[result] = TRule.Value(X.Value(w, a), Y.Value(w, b));

    private static void Tangent<D>(Workspace w, int a, int b, int result) where D : unmanaged, ITangent<D>
    {
        D* dot = (D*)w.Dots;
        D sum = default;
        if (!TRule.IsFlat)
        {
            Real x = new(X.Value(w, a)), y = new(Y.Value(w, b)), z = new(w.Values[result]);
            if (X.IsActive)
                sum = TRule.FirstX(x, y, z).Value * dot[a];
            if (Y.IsActive)
                sum += TRule.FirstY(x, y, z).Value * dot[b];
        }
        dot[result] = sum;
    }

    private static void Adjoint<D>(Workspace w, int a, int b, int result) where D : unmanaged, ITangent<D>
    {
        if (TRule.IsFlat)
            return;
        D* bar = (D*)w.Bars;
        Real x = new(X.Value(w, a)), y = new(Y.Value(w, b)), z = new(w.Values[result]);
        if (X.IsActive)
            bar[a] += TRule.FirstX(x, y, z).Value * bar[result];
        if (Y.IsActive)
            bar[b] += TRule.FirstY(x, y, z).Value * bar[result];
    }

    private static void AdjointTangent<D>(Workspace w, int a, int b, int result) where D : unmanaged, ITangent<D>
    {
        if (TRule.IsFlat)
            return;
        D* dot = (D*)w.Dots, barDot = (D*)w.BarDots;
        Real x = new(X.Value(w, a)), y = new(Y.Value(w, b)), z = new(w.Values[result]);
        double bar = w.Bars[result];
        if (X.IsActive)
            barDot[a] += TRule.FirstX(x, y, z).Value * barDot[result] + D.Product(TRule.SecondXX(x, y, z).Value, bar) * dot[a];
        if (Y.IsActive)
            barDot[b] += TRule.FirstY(x, y, z).Value * barDot[result] + D.Product(TRule.SecondYY(x, y, z).Value, bar) * dot[b];
        if (X.IsActive && Y.IsActive)
        {
            double mixed = D.Product(TRule.SecondXY(x, y, z).Value, bar);
            barDot[a] += mixed * dot[b];
            barDot[b] += mixed * dot[a];
        }
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result) =>
        machine.Values[result] = T.Apply<TRule>(X.Value(machine, a), Y.Value(machine, b));

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        if (TRule.IsFlat)
            return;
        T x = X.Value(machine, a), y = Y.Value(machine, b), z = machine.Values[result];
        if (X.IsActive && machine.IsVariable(a))
            machine.Accumulate(a, TRule.FirstX(x, y, z), result);
        if (Y.IsActive && machine.IsVariable(b))
            machine.Accumulate(b, TRule.FirstY(x, y, z), result);
    }

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        if (!(X.IsActive && rows.Varies(a)) && !(Y.IsActive && rows.Varies(b)))
            return Lift.Uniform;
        rows.Place(result, Elementwise.Apply<TRule>(X.Widen(rows, a), Y.Widen(rows, b)));
        return Lift.Wide;
    }

    public override bool IsDependent(RecordedAdjoint sweep, int a, int b) =>
        !TRule.IsFlat && (X.IsActive && sweep.IsVariable(a) || Y.IsActive && sweep.IsVariable(b));
}
