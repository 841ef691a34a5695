using System.Runtime.CompilerServices;
using AutoDiff.Rules;

namespace AutoDiff.Engine;

/// <summary>Where a scalar operand is found: decided when the operation is recorded, and compiled into its kernels.</summary>
internal interface IOperand
{
    /// <summary>Whether derivatives flow through it.</summary>
    static abstract bool IsActive { get; }

    static abstract double Value(Workspace w, int index);

    /// <summary>Its place among slots, and complements of constants.</summary>
    static abstract int Place(int index);

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

    public static int Place(int index) => index;

    public static T Value<T>(Interpreter<T> machine, int index) where T : struct, IScalar<T> => machine.Values[index];

    public static ArrayView Widen(Widening rows, int index) => rows.Element(index);
}

/// <summary>An operand among the constants.</summary>
internal readonly unsafe struct ConstantOperand : IOperand
{
    public static bool IsActive => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Value(Workspace w, int index) => w.Constants[index];

    public static int Place(int index) => ~index;

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

    public override bool IsBent => TRule.IsBent;

    public override string Name => typeof(TRule).Name;

    public override bool IsSmooth => TRule.IsSmooth && !IsUserCode;

    public override bool IsUserCode => UserRule<TRule>.Is;

    public override OperandKind Left => X.IsActive ? OperandKind.Slot : OperandKind.Constant;

    public override OperandKind Right => Y.IsActive ? OperandKind.Slot : OperandKind.Constant;

    public override ushort WithSlots => BinaryOperation<TRule, SlotOperand, SlotOperand>.Code;

    // Arithmetic by operators, which a number type may know more of than of rules in general.
    public override T Value<T>(T x, T y) =>
        typeof(TRule) == typeof(Add) ? x + y
        : typeof(TRule) == typeof(Subtract) ? x - y
        : typeof(TRule) == typeof(Multiply) ? x * y
        : typeof(TRule) == typeof(Divide) ? x / y
        : T.Apply<TRule>(x, y);

    public override void Pull<T>(T x, T y, T z, T zBar, ref T xBar, ref T yBar)
    {
        if (TRule.IsFlat)
            return;
        if (typeof(TRule) == typeof(Divide))
        {
            // By the partial −(z/y): z·(z̄/y) may be out of range where that is not.
            if (X.IsActive)
                xBar = T.Accumulate(xBar, zBar / y);
            if (Y.IsActive)
                yBar = T.Accumulate(yBar, -(z / y * zBar));
            return;
        }
        if (TRule.IsBent)
            zBar = T.Apply<BentProduct>(z, zBar);
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
        D sum = D.None;
        if (!TRule.IsFlat)
        {
            if (X.IsActive)
                sum = FirstX<D>(w, a, b, result) * dot[a];
            if (Y.IsActive)
                sum += FirstY<D>(w, a, b, result) * dot[b];
            if (TRule.IsBent && w.IsBent(result))
                sum = D.Norm(X.IsActive ? dot[a] : D.None, Y.IsActive ? dot[b] : D.None);
        }
        dot[result] = sum;
    }

    private static void Adjoint<D>(Workspace w, int a, int b, int result) where D : unmanaged, ITangent<D>
    {
        if (TRule.IsFlat)
            return;
        D* bar = (D*)w.Bars;
        if (X.IsActive)
            bar[a] += FirstX<D>(w, a, b, result) * bar[result];
        if (Y.IsActive)
            bar[b] += FirstY<D>(w, a, b, result) * bar[result];
    }

    private static void AdjointTangent<D>(Workspace w, int a, int b, int result) where D : unmanaged, ITangent<D>
    {
        if (TRule.IsFlat)
            return;
        D* dot = (D*)w.Dots, barDot = (D*)w.BarDots;
        Real x = new(X.Value(w, a)), y = new(Y.Value(w, b)), z = new(w.Values[result]);
        double bar = w.Bars[result];
        if (TRule.IsBent && w.IsBent(result))
        {
            if (X.IsActive)
                barDot[a] += D.Along(barDot[result], dot[a], dot[result]);
            if (Y.IsActive)
                barDot[b] += D.Along(barDot[result], dot[b], dot[result]);
            return;
        }
        if (X.IsActive)
        {
            D change = FirstX<D>(w, a, b, result) * barDot[result];
            if (!TRule.IsLinearInX)
                change += D.Product(D.Live(TRule.SecondXX(x, y, z).Value), bar) * dot[a];
            barDot[a] += change;
        }
        if (Y.IsActive)
        {
            D change = FirstY<D>(w, a, b, result) * barDot[result];
            if (!TRule.IsBilinear)
                change += D.Product(D.Live(TRule.SecondYY(x, y, z).Value), bar) * dot[b];
            barDot[b] += change;
        }
        if (X.IsActive && Y.IsActive && !TRule.IsPiecewiseLinear)
        {
            double mixed = D.Product(D.Live(TRule.SecondXY(x, y, z).Value), bar);
            barDot[a] += mixed * dot[b];
            barDot[b] += mixed * dot[a];
        }
    }

    private static double FirstX<D>(Workspace w, int a, int b, int result) where D : unmanaged, ITangent<D>
    {
        double first = TRule.FirstX(new Real(X.Value(w, a)), new Real(Y.Value(w, b)), new Real(w.Values[result])).Value;
        return TRule.IsSelection ? D.Share(first)
            : TRule.IsMarked ? first
            : TRule.IsProduct ? Y.IsActive ? D.Factor(first, w, b) : D.Constant(first)
            : TRule.LevelsOff ? D.Slope(first, w, X.Place(a), result) : D.Live(first);
    }

    private static double FirstY<D>(Workspace w, int a, int b, int result) where D : unmanaged, ITangent<D>
    {
        double first = TRule.FirstY(new Real(X.Value(w, a)), new Real(Y.Value(w, b)), new Real(w.Values[result])).Value;
        return TRule.IsSelection || TRule.IsFlatInY || TRule.IsShare ? D.Share(first)
            : TRule.IsProduct ? X.IsActive ? D.Factor(first, w, a) : D.Constant(first)
            : TRule.LevelsOff ? D.Slope(first, w, Y.Place(b), result) : D.Live(first);
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result) =>
        machine.Values[result] = TRule.IsBent && machine.IsBent(result)
            ? T.Norm([X.Value(machine, a), Y.Value(machine, b)])
            : T.Apply<TRule>(X.Value(machine, a), Y.Value(machine, b));

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        if (TRule.IsFlat)
            return;
        T x = X.Value(machine, a), y = Y.Value(machine, b), z = machine.Values[result];
        if (TRule.IsBent && machine.IsBent(result))
        {
            if (X.IsActive && machine.IsVariable(a))
                machine.Add(a, T.Along(machine.Adjoints[result], x, z));
            if (Y.IsActive && machine.IsVariable(b))
                machine.Add(b, T.Along(machine.Adjoints[result], y, z));
            return;
        }
        if (TRule.IsBent)
        {
            T bent = T.Apply<BentProduct>(z, machine.Adjoints[result]);
            if (X.IsActive && machine.IsVariable(a))
                machine.Add(a, T.ChainProduct(PartialKind.Live, TRule.FirstX(x, y, z), bent));
            if (Y.IsActive && machine.IsVariable(b))
                machine.Add(b, T.ChainProduct(PartialKind.Live, TRule.FirstY(x, y, z), bent));
            return;
        }
        if (X.IsActive && machine.IsVariable(a))
            machine.Accumulate(a, TRule.FirstX(x, y, z), result,
                PartialKinds<TRule>.X(Y.IsActive && machine.Recording.Dependence.IsVariable(b)));
        if (Y.IsActive && machine.IsVariable(b))
            machine.Accumulate(b, TRule.FirstY(x, y, z), result,
                PartialKinds<TRule>.Y(X.IsActive && machine.Recording.Dependence.IsVariable(a)));
    }

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        if (!(X.IsActive && rows.Varies(a)) && !(Y.IsActive && rows.Varies(b)))
            return Lift.Uniform;
        rows.Place(result, Elementwise.Apply<TRule>(X.Widen(rows, a), Y.Widen(rows, b)));
        return Lift.Wide;
    }

    public override bool IsDependent(Dependence slots, int a, int b) =>
        !TRule.IsFlat && (X.IsActive && slots.IsVariable(a) || Y.IsActive && slots.IsVariable(b));
}
