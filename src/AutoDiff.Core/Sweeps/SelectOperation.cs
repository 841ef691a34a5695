using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// zᵢ = xᵢ where flagᵢ is not 0, otherwise yᵢ: linear in x and y, and the branch not taken contributes nothing, whatever its derivative.
/// Operand A is the offset of [columns, flags, x, y] in the side table, B the number of results.
/// </summary>
internal sealed unsafe class SelectOperation : Operation, ITernary
{
    public static readonly ushort Code = Register(new SelectOperation());

    public override string Name => Title;

    public override bool IsArray => true;

    public static string Title => "Where";

    public static ushort Number => Code;

    public override OperationKernels Kernels => new()
    {
        Primal = &ElementwiseTernary<SelectOperation>.Primal,
        AdjointPlain = &Adjoint<Plain>,
        AdjointAbsolute = &Adjoint<Absolute>,
        Plain = new() { Tangent = &Tangent<Plain>, AdjointTangent = &AdjointTangent<Plain> },
        Absolute = new() { Tangent = &Tangent<Absolute>, AdjointTangent = &AdjointTangent<Absolute> },
        Eight = new() { Tangent = &Tangent<Eight>, AdjointTangent = &AdjointTangent<Eight> },
    };

    public static double Value(double flag, double x, double y) => flag != 0 ? x : y;

    public static ArrayView Select(ArrayView flags, ArrayView x, ArrayView y) => ElementwiseTernary<SelectOperation>.Apply(flags, x, y);

    private static ref readonly ArrayOperand Taken(in TernaryLayout layout, double flag) => ref flag != 0 ? ref layout.Y : ref layout.Z;

    private static void Tangent<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D>
    {
        TernaryLayout layout = new(w.Extra + a);
        ref double flags = ref layout.X.First(w);
        D* dots = (D*)w.Dots;
        for (int k = 0, i = 0; k < length; i++)
        {
            for (int j = 0; j < layout.Columns; j++, k++)
            {
                ref readonly ArrayOperand taken = ref Taken(layout, Unsafe.Add(ref flags, layout.X.Index(i, j)));
                dots[z + k] = taken.IsActive ? dots[taken.Slot + taken.Index(i, j)] : D.None;
            }
        }
    }

    private static void Adjoint<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D> =>
        AddBack(w, (D*)w.Bars, a, length, z);

    private static void AdjointTangent<D>(Workspace w, int a, int length, int z) where D : unmanaged, ITangent<D> =>
        AddBack(w, (D*)w.BarDots, a, length, z);

    private static void AddBack<D>(Workspace w, D* block, int a, int length, int z) where D : unmanaged, ITangent<D>
    {
        TernaryLayout layout = new(w.Extra + a);
        ref double flags = ref layout.X.First(w);
        for (int k = 0, i = 0; k < length; i++)
        {
            for (int j = 0; j < layout.Columns; j++, k++)
            {
                ref readonly ArrayOperand taken = ref Taken(layout, Unsafe.Add(ref flags, layout.X.Index(i, j)));
                if (taken.IsActive)
                    block[taken.Slot + taken.Index(i, j)] += block[z + k];
            }
        }
    }

    private static ref readonly ArrayOperand Taken<T>(Interpreter<T> machine, in TernaryLayout layout, int row, int column)
        where T : struct, IScalar<T> =>
        ref Taken(layout, T.Primal(layout.X.Value(machine, row, column)));

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        TernaryLayout layout = new(machine.Recording.Extra + a);
        for (int k = 0; k < b; k++)
        {
            (int row, int column) = Math.DivRem(k, layout.Columns);
            machine.Values[result + k] = Taken(machine, layout, row, column).Value(machine, row, column);
        }
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        TernaryLayout layout = new(machine.Recording.Extra + a);
        for (int k = 0; k < b; k++)
        {
            (int row, int column) = Math.DivRem(k, layout.Columns);
            ref readonly ArrayOperand taken = ref Taken(machine, layout, row, column);
            if (taken.IsActive)
                machine.Adjoints[taken.Slot + taken.Index(row, column)] += machine.Adjoints[result + k];
        }
    }

    public override Lift Widen(Widening rows, int a, int b, int result) => ElementwiseTernary<SelectOperation>.Widen(rows, a, b, result);

    public override bool IsDependent(Dependence slots, int a, int b)
    {
        TernaryLayout layout = new(slots.Extra + a);
        int rows = b == 0 ? 0 : b / layout.Columns;
        return slots.IsVariable(layout.Y, rows, layout.Columns) || slots.IsVariable(layout.Z, rows, layout.Columns);
    }

    public override void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector z, VarVector zBar)
    {
        TernaryLayout layout = new(sweep.Extra + a);
        int columns = layout.Columns, rows = z.Length / columns;
        ArrayView flags = sweep.Operand(layout.X, rows, columns).Block, bar = zBar.Reshape(rows, columns).Block,
            zero = ArrayView.Scalar(Zeros.Structural);
        if (sweep.IsVariable(layout.Y, rows, columns))
            sweep.Add(layout.Y, new VarMatrix(Select(flags, bar, zero)));
        if (sweep.IsVariable(layout.Z, rows, columns))
            sweep.Add(layout.Z, new VarMatrix(Select(flags, zero, bar)));
    }
}
