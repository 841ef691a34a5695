using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// wᵢ = xᵢ · yᵢ + zᵢ, rounded once, every operand being slots, a referenced constant array or a constant, and repeated along rows, columns
/// or both. Operand A is the offset of [columns, x, y, z] in the side table, B the number of results.
/// </summary>
internal sealed unsafe class ElementwiseFusedMultiplyAdd : Operation, ITernary
{
    public static readonly ushort Code = Register(new ElementwiseFusedMultiplyAdd());

    public override string Name => Title;

    public override bool IsArray => true;

    public static string Title => "FusedMultiplyAdd";

    public static ushort Number => Code;

    public override OperationKernels Kernels => new()
    {
        Primal = &ElementwiseTernary<ElementwiseFusedMultiplyAdd>.Primal,
        AdjointPlain = &Adjoint<Plain>,
        AdjointAbsolute = &Adjoint<Absolute>,
        Plain = new() { Tangent = &Tangent<Plain>, AdjointTangent = &AdjointTangent<Plain> },
        Absolute = new() { Tangent = &Tangent<Absolute>, AdjointTangent = &AdjointTangent<Absolute> },
        Eight = new() { Tangent = &Tangent<Eight>, AdjointTangent = &AdjointTangent<Eight> },
    };

    public static double Value(double x, double y, double z) => Math.FusedMultiplyAdd(x, y, z);

    public static ArrayView Of(ArrayView x, ArrayView y, ArrayView z) => ElementwiseTernary<ElementwiseFusedMultiplyAdd>.Apply(x, y, z);

    private static void Tangent<D>(Workspace w, int a, int length, int result) where D : unmanaged, ITangent<D>
    {
        TernaryLayout layout = new(w.Extra + a);
        ref double x = ref layout.X.First(w), y = ref layout.Y.First(w);
        D* dots = (D*)w.Dots;
        for (int k = 0, i = 0; k < length; i++)
        {
            for (int j = 0; j < layout.Columns; j++, k++)
            {
                int p = layout.X.Index(i, j), q = layout.Y.Index(i, j);
                D dot = D.None;
                if (layout.X.IsActive)
                    dot += Factor<D>(w, layout.Y, q, ref y) * dots[layout.X.Slot + p];
                if (layout.Y.IsActive)
                    dot += Factor<D>(w, layout.X, p, ref x) * dots[layout.Y.Slot + q];
                if (layout.Z.IsActive)
                    dot += dots[layout.Z.Slot + layout.Z.Index(i, j)];
                dots[result + k] = dot;
            }
        }
    }

    private static double Factor<D>(Workspace w, in ArrayOperand operand, int index, ref double first) where D : unmanaged, ITangent<D>
    {
        double value = Unsafe.Add(ref first, index);
        return operand.IsActive ? D.Factor(value, w, operand.Slot + index) : D.Constant(value);
    }

    private static void Adjoint<D>(Workspace w, int a, int length, int result) where D : unmanaged, ITangent<D> =>
        AddBack(w, (D*)w.Bars, a, length, result);

    private static void AdjointTangent<D>(Workspace w, int a, int length, int result) where D : unmanaged, ITangent<D>
    {
        AddBack(w, (D*)w.BarDots, a, length, result);
        TernaryLayout layout = new(w.Extra + a);
        if (!layout.X.IsActive || !layout.Y.IsActive)
            return;
        D* dots = (D*)w.Dots, barDots = (D*)w.BarDots;
        for (int k = 0, i = 0; k < length; i++)
        {
            for (int j = 0; j < layout.Columns; j++, k++)
            {
                int p = layout.X.Slot + layout.X.Index(i, j), q = layout.Y.Slot + layout.Y.Index(i, j);
                double bar = w.Bars[result + k];
                barDots[p] += bar * dots[q];
                barDots[q] += bar * dots[p];
            }
        }
    }

    // w̄ carried back by the partials y, x and 1, adjoints and their tangents alike.
    private static void AddBack<D>(Workspace w, D* block, int a, int length, int result) where D : unmanaged, ITangent<D>
    {
        TernaryLayout layout = new(w.Extra + a);
        ref double x = ref layout.X.First(w), y = ref layout.Y.First(w);
        for (int k = 0, i = 0; k < length; i++)
        {
            for (int j = 0; j < layout.Columns; j++, k++)
            {
                int p = layout.X.Index(i, j), q = layout.Y.Index(i, j);
                D bar = block[result + k];
                if (layout.X.IsActive)
                    block[layout.X.Slot + p] += Factor<D>(w, layout.Y, q, ref y) * bar;
                if (layout.Y.IsActive)
                    block[layout.Y.Slot + q] += Factor<D>(w, layout.X, p, ref x) * bar;
                if (layout.Z.IsActive)
                    block[layout.Z.Slot + layout.Z.Index(i, j)] += bar;
            }
        }
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        TernaryLayout layout = new(machine.Recording.Extra + a);
        for (int k = 0; k < b; k++)
        {
            (int row, int column) = Math.DivRem(k, layout.Columns);
            machine.Values[result + k] =
                T.FusedMultiplyAdd(layout.X.Value(machine, row, column), layout.Y.Value(machine, row, column),
                layout.Z.Value(machine, row, column));
        }
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        TernaryLayout layout = new(machine.Recording.Extra + a);
        for (int k = b - 1; k >= 0; k--)
        {
            (int row, int column) = Math.DivRem(k, layout.Columns);
            if (layout.X.IsActive)
                machine.Accumulate(layout.X.Slot + layout.X.Index(row, column), layout.Y.Value(machine, row, column), result + k,
                    KindOf(machine, layout.Y, row, column));
            if (layout.Y.IsActive)
                machine.Accumulate(layout.Y.Slot + layout.Y.Index(row, column), layout.X.Value(machine, row, column), result + k,
                    KindOf(machine, layout.X, row, column));
            if (layout.Z.IsActive)
                machine.Accumulate(layout.Z.Slot + layout.Z.Index(row, column), T.Constant(1), result + k);
        }
    }

    private static PartialKind KindOf<T>(Interpreter<T> machine, in ArrayOperand operand, int row, int column)
        where T : struct, IScalar<T> =>
        PartialKinds<Rules.Multiply>.X(
            operand.IsActive && machine.Recording.Dependence.IsVariable(operand.Slot + operand.Index(row, column)));

    public override Lift Widen(Widening rows, int a, int b, int result) =>
        ElementwiseTernary<ElementwiseFusedMultiplyAdd>.Widen(rows, a, b, result);

    public override bool IsDependent(Dependence slots, int a, int b)
    {
        TernaryLayout layout = new(slots.Extra + a);
        int columns = layout.Columns, rows = b == 0 ? 0 : b / columns;
        return slots.IsVariable(layout.X, rows, columns) || slots.IsVariable(layout.Y, rows, columns)
            || slots.IsVariable(layout.Z, rows, columns);
    }

    public override void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector result, VarVector resultBar)
    {
        TernaryLayout layout = new(sweep.Extra + a);
        int columns = layout.Columns, rows = result.Length / columns;
        VarMatrix bar = resultBar.Reshape(rows, columns);
        if (sweep.IsVariable(layout.X, rows, columns))
            sweep.Accumulate(layout.X, sweep.Operand(layout.Y, rows, columns), bar,
                PartialKinds<Rules.Multiply>.X(sweep.MayVary(layout.Y, rows, columns)));
        if (sweep.IsVariable(layout.Y, rows, columns))
            sweep.Accumulate(layout.Y, sweep.Operand(layout.X, rows, columns), bar,
                PartialKinds<Rules.Multiply>.X(sweep.MayVary(layout.X, rows, columns)));
        if (sweep.IsVariable(layout.Z, rows, columns))
            sweep.Add(layout.Z, bar);
    }
}
