using System.Runtime.InteropServices;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>Which factor of a product is a derivative.</summary>
internal enum Derivative
{
    None,
    X,
    Y,
}

/// <summary>
/// Z = op(X)·op(Y), op being the identity or the transpose; matrix × vector, dot and outer products are its narrow cases. Bilinear:
/// tangents and adjoints are products again. Operand A is the offset of [m, n, k, X transposed, Y transposed, which is a derivative, X, Y]
/// in the side table, B the number of results m·n.
/// </summary>
internal sealed unsafe partial class MatrixProductOperation : Operation
{
    public static readonly ushort Code = Register(new MatrixProductOperation());

    public override string Name => "MatrixProduct";

    public override bool IsArray => true;

    public override OperationParts? Parts(Recording recording, int a, int b)
    {
        Layout layout = new(recording.Extra + a);
        return new(b, (long)layout.M * layout.N * layout.K);
    }

    public override OperationKernels Kernels => new()
    {
        Primal = &Primal,
        AdjointPlain = &Adjoint<IeeeProduct>,
        AdjointAbsolute = &Adjoint<AbsoluteZeroProduct>,
        Plain = new() { Tangent = &Tangent<IeeeProduct>, AdjointTangent = &AdjointTangent<IeeeProduct> },
        Absolute = new() { Tangent = &Tangent<AbsoluteZeroProduct>, AdjointTangent = &AdjointTangent<AbsoluteZeroProduct> },
        Eight = new() { Tangent = &TangentEight, AdjointTangent = &AdjointTangentEight },
    };

    private const int Header = 6;

    /// <summary>The arithmetic in which products of matrices are accumulated.</summary>
    private interface IProduct
    {
        /// <summary>Numbers that are partials here.</summary>
        static abstract ReadOnlySpan<double> Partials(Workspace w, ArrayOperand operand, ReadOnlySpan<double> values, bool areMarked);

        /// <summary>What a sum starts from.</summary>
        static abstract double None { get; }

        static abstract void Accumulate(
            int m, int n, int k, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> b, bool transposeB, Span<double> c);
    }

    private readonly struct IeeeProduct : IProduct
    {
        public static ReadOnlySpan<double> Partials(Workspace w, ArrayOperand operand, ReadOnlySpan<double> values, bool areMarked) =>
            values;

        public static double None => 0;

        public static void Accumulate(
            int m, int n, int k, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> b, bool transposeB, Span<double> c) =>
            MatrixProduct.Accumulate(m, n, k, a, transposeA, b, transposeB, c);
    }

    private readonly struct AbsoluteZeroProduct : IProduct
    {
        public static ReadOnlySpan<double> Partials(Workspace w, ArrayOperand operand, ReadOnlySpan<double> values, bool areMarked)
        {
            if (areMarked || !values.Contains(0.0))
                return values;
            double[] partials = values.ToArray();
            for (int i = 0; i < partials.Length; i++)
                partials[i] = operand.IsActive ? Absolute.Factor(partials[i], w, operand.Slot + i) : Absolute.Constant(partials[i]);
            return partials;
        }

        public static double None => Zeros.Structural;

        public static void Accumulate(
            int m, int n, int k, ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> b, bool transposeB, Span<double> c) =>
            MatrixProduct.AccumulateAbsoluteZero(m, n, k, a, transposeA, b, transposeB, c);
    }

    private readonly struct Layout
    {
        public readonly int M, N, K;
        public readonly bool TransposeX, TransposeY;
        public readonly Derivative Marked;
        public readonly ArrayOperand X, Y;

        public Layout(int* extra)
        {
            (M, N, K) = (extra[0], extra[1], extra[2]);
            (TransposeX, TransposeY, Marked) = (extra[3] != 0, extra[4] != 0, (Derivative)extra[5]);
            X = ArrayOperand.Read(extra + Header);
            Y = ArrayOperand.Read(extra + Header + ArrayOperand.Size);
        }

        public ReadOnlySpan<double> XValues(Workspace w) => MemoryMarshal.CreateReadOnlySpan(ref X.First(w), M * K);
        public ReadOnlySpan<double> YValues(Workspace w) => MemoryMarshal.CreateReadOnlySpan(ref Y.First(w), K * N);

        public ReadOnlySpan<double> XPartials<P>(Workspace w) where P : struct, IProduct =>
            P.Partials(w, X, XValues(w), Marked == Derivative.X);
        public ReadOnlySpan<double> YPartials<P>(Workspace w) where P : struct, IProduct =>
            P.Partials(w, Y, YValues(w), Marked == Derivative.Y);

        /// <summary>X̄ += Z̄·op(Y)ᵀ, in the layout in which X is stored.</summary>
        public void AddToX<P>(ReadOnlySpan<double> zBar, ReadOnlySpan<double> y, Span<double> xBar) where P : struct, IProduct
        {
            if (TransposeX)
                P.Accumulate(K, M, N, y, TransposeY, zBar, true, xBar);
            else
                P.Accumulate(M, K, N, zBar, false, y, !TransposeY, xBar);
        }

        /// <summary>Ȳ += op(X)ᵀ·Z̄, in the layout in which Y is stored.</summary>
        public void AddToY<P>(ReadOnlySpan<double> zBar, ReadOnlySpan<double> x, Span<double> yBar) where P : struct, IProduct
        {
            if (TransposeY)
                P.Accumulate(N, K, M, zBar, true, x, TransposeX, yBar);
            else
                P.Accumulate(K, N, M, x, !TransposeX, zBar, false, yBar);
        }
    }

    /// <summary>
    /// Records Z = op(X)·op(Y), m × n with inner length k, and computes it; the views are contiguous as stored. In a product that is
    /// part of a derivative the factor that is one tells its structural zeros.
    /// </summary>
    public static int Record(
        Recorder recorder, int m, int n, int k, ArrayView x, bool transposeX, ArrayView y, bool transposeY, Derivative marked)
    {
        Span<int> extra = stackalloc int[Header + 2 * ArrayOperand.Size];
        extra[0] = m;
        extra[1] = n;
        extra[2] = k;
        extra[3] = transposeX ? 1 : 0;
        extra[4] = transposeY ? 1 : 0;
        extra[5] = (int)marked;
        ArrayOperand.From(recorder, x).Write(extra[Header..]);
        ArrayOperand.From(recorder, y).Write(extra[(Header + ArrayOperand.Size)..]);
        int offset = recorder.AddExtra(extra);
        int slot = recorder.EmitArray(Code, offset, m * n);
        recorder.Compute(&Primal, offset, m * n, slot);
        return slot;
    }

    private static void Primal(Workspace w, int a, int length, int z0)
    {
        Layout layout = new(w.Extra + a);
        ReadOnlySpan<double> x = layout.XValues(w), y = layout.YValues(w);
        Span<double> z = new(w.Values + z0, length);
        MatrixProduct.Assign(layout.M, layout.N, layout.K, x, layout.TransposeX, y, layout.TransposeY, z);
        if (layout.Marked != Derivative.None)
            Mark(layout.M, layout.N, layout.K, Factor(layout.X, x, layout.Marked == Derivative.X), layout.TransposeX,
                Factor(layout.Y, y, layout.Marked == Derivative.Y), layout.TransposeY, z);
    }

    /// <summary>Z = op(X)·op(Y) of constants; a zero of the factor that is a derivative is absolute where it is structural, and so is one
    /// of the other.</summary>
    public static void Evaluate(
        int m, int n, int k, ReadOnlySpan<double> x, bool transposeX, ReadOnlySpan<double> y, bool transposeY, Derivative marked,
        Span<double> z)
    {
        MatrixProduct.Assign(m, n, k, x, transposeX, y, transposeY, z);
        if (marked != Derivative.None)
            Mark(m, n, k, Constants(x, marked == Derivative.X), transposeX, Constants(y, marked == Derivative.Y), transposeY, z);
    }

    // Again with absolute zeros where they make a difference.
    private static void Mark(
        int m, int n, int k, ReadOnlySpan<double> x, bool transposeX, ReadOnlySpan<double> y, bool transposeY, Span<double> z)
    {
        fixed (double* first = z)
        {
            if (Finite.AreAll(first, z.Length) && !z.Contains(0.0))
                return;
        }
        z.Fill(Zeros.Structural);
        MatrixProduct.AccumulateAbsoluteZero(m, n, k, x, transposeX, y, transposeY, z);
    }

    private static ReadOnlySpan<double> Factor(ArrayOperand operand, ReadOnlySpan<double> values, bool isMarked)
    {
        if (isMarked || !values.Contains(0.0))
            return values;
        if (!operand.IsActive)
            return Constants(values, false);
        double[] live = values.ToArray();
        Zeros.Forget(live);
        return live;
    }

    private static ReadOnlySpan<double> Constants(ReadOnlySpan<double> values, bool areMarked)
    {
        if (areMarked || !values.Contains(0.0))
            return values;
        double[] constants = new double[values.Length];
        Zeros.CopySeeds(values, constants);
        return constants;
    }

    private static void Tangent<P>(Workspace w, int a, int length, int z) where P : struct, IProduct
    {
        Layout layout = new(w.Extra + a);
        Span<double> dot = new(w.Dots + z, length);
        dot.Fill(P.None);
        if (layout.X.IsActive)
            P.Accumulate(layout.M, layout.N, layout.K, new(w.Dots + layout.X.Slot, layout.M * layout.K), layout.TransposeX,
                layout.YPartials<P>(w), layout.TransposeY, dot);
        if (layout.Y.IsActive)
            P.Accumulate(layout.M, layout.N, layout.K, layout.XPartials<P>(w), layout.TransposeX,
                new(w.Dots + layout.Y.Slot, layout.K * layout.N), layout.TransposeY, dot);
    }

    private static void Adjoint<P>(Workspace w, int a, int length, int z) where P : struct, IProduct
    {
        Layout layout = new(w.Extra + a);
        ReadOnlySpan<double> bar = new(w.Bars + z, length);
        if (layout.X.IsActive)
            layout.AddToX<P>(bar, layout.YPartials<P>(w), new(w.Bars + layout.X.Slot, layout.M * layout.K));
        if (layout.Y.IsActive)
            layout.AddToY<P>(bar, layout.XPartials<P>(w), new(w.Bars + layout.Y.Slot, layout.K * layout.N));
    }

    private static void AdjointTangent<P>(Workspace w, int a, int length, int z) where P : struct, IProduct
    {
        Layout layout = new(w.Extra + a);
        ReadOnlySpan<double> bar = new(w.Bars + z, length), barDot = new(w.BarDots + z, length);
        int xLength = layout.M * layout.K, yLength = layout.K * layout.N;
        if (layout.X.IsActive)
        {
            Span<double> xBarDot = new(w.BarDots + layout.X.Slot, xLength);
            layout.AddToX<P>(barDot, layout.YPartials<P>(w), xBarDot);
            if (layout.Y.IsActive)
                layout.AddToX<P>(bar, new(w.Dots + layout.Y.Slot, yLength), xBarDot);
        }
        if (layout.Y.IsActive)
        {
            Span<double> yBarDot = new(w.BarDots + layout.Y.Slot, yLength);
            layout.AddToY<P>(barDot, layout.XPartials<P>(w), yBarDot);
            if (layout.X.IsActive)
                layout.AddToY<P>(bar, new(w.Dots + layout.X.Slot, xLength), yBarDot);
        }
    }

    public override void Forward<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        for (int i = 0; i < layout.M; i++)
        {
            for (int j = 0; j < layout.N; j++)
            {
                T sum = T.Constant(0);
                for (int l = 0; l < layout.K; l++)
                {
                    T x = X(machine, layout, i, l), y = Y(machine, layout, l, j);
                    sum += layout.Marked switch
                    {
                        Derivative.None => x * y,
                        Derivative.X => T.ChainProduct(PartialKind.Live, y, x),
                        _ => T.ChainProduct(PartialKind.Live, x, y),
                    };
                }
                machine.Values[result + i * layout.N + j] = sum;
            }
        }
    }

    public override void Reverse<T>(Interpreter<T> machine, int a, int b, int result)
    {
        Layout layout = new(machine.Recording.Extra + a);
        for (int i = 0; i < layout.M; i++)
        {
            for (int j = 0; j < layout.N; j++)
            {
                int z = result + i * layout.N + j;
                for (int l = 0; l < layout.K; l++)
                {
                    if (layout.X.IsActive)
                        machine.Accumulate(layout.X.Slot + XIndex(layout, i, l), Y(machine, layout, l, j), z,
                            KindOf(machine, layout.Y, YIndex(layout, l, j)));
                    if (layout.Y.IsActive)
                        machine.Accumulate(layout.Y.Slot + YIndex(layout, l, j), X(machine, layout, i, l), z,
                            KindOf(machine, layout.X, XIndex(layout, i, l)));
                }
            }
        }
    }

    private static PartialKind KindOf<T>(Interpreter<T> machine, in ArrayOperand operand, int index) where T : struct, IScalar<T> =>
        PartialKinds<Rules.Multiply>.X(operand.IsActive && machine.Recording.Dependence.IsVariable(operand.Slot + index));

    private static int XIndex(in Layout layout, int row, int column) =>
        layout.TransposeX ? column * layout.M + row : row * layout.K + column;

    private static int YIndex(in Layout layout, int row, int column) =>
        layout.TransposeY ? column * layout.K + row : row * layout.N + column;

    private static T X<T>(Interpreter<T> machine, in Layout layout, int row, int column) where T : struct, IScalar<T> =>
        layout.X.Value(machine, XIndex(layout, row, column));

    private static T Y<T>(Interpreter<T> machine, in Layout layout, int row, int column) where T : struct, IScalar<T> =>
        layout.Y.Value(machine, YIndex(layout, row, column));

    public override Lift Widen(Widening rows, int a, int b, int result)
    {
        Layout layout = new(rows.Source.Extra + a);
        (int m, int n, int k) = (layout.M, layout.N, layout.K);
        bool xVaries = rows.Varies(layout.X, 1, m * k), yVaries = rows.Varies(layout.Y, 1, k * n);
        if (!xVaries && !yVaries)
            return Lift.Uniform;
        if (layout.Marked != Derivative.None)
            return Lift.None; // A derivative within the lambda.
        return WideMatrixProduct.TryRecord(rows, m, n, k,
            xVaries ? rows.Block(layout.X, m * k) : rows.Operand(layout.X, m * k), layout.TransposeX, xVaries,
            yVaries ? rows.Block(layout.Y, k * n) : rows.Operand(layout.Y, k * n), layout.TransposeY, yVaries, result);
    }

    public override bool IsDependent(Dependence slots, int a, int b)
    {
        Layout layout = new(slots.Extra + a);
        return slots.IsVariable(layout.X, layout.M * layout.K) || slots.IsVariable(layout.Y, layout.K * layout.N);
    }

    public override void RecordAdjoint(RecordedAdjoint sweep, int a, VarVector z, VarVector zBar)
    {
        Layout layout = new(sweep.Extra + a);
        (int m, int n, int k) = (layout.M, layout.N, layout.K);
        ArrayView x = sweep.Operand(layout.X, m * k).View, y = sweep.Operand(layout.Y, k * n).View, bar = zBar.View;
        if (sweep.IsVariable(layout.X, m * k))
        {
            sweep.Add(layout.X.Slot, layout.TransposeX
                ? Structured.MatrixProduct(y, layout.TransposeY, bar, true, k, m, n, Derivative.Y)
                : Structured.MatrixProduct(bar, false, y, !layout.TransposeY, m, k, n, Derivative.X));
        }
        if (sweep.IsVariable(layout.Y, k * n))
        {
            sweep.Add(layout.Y.Slot, layout.TransposeY
                ? Structured.MatrixProduct(bar, true, x, layout.TransposeX, n, k, m, Derivative.X)
                : Structured.MatrixProduct(x, !layout.TransposeX, bar, false, k, n, m, Derivative.Y));
        }
    }
}
