using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// X = op(T)⁻¹·B for [n, m, lower + 2·transposed + 4·unit diagonal]: u is T, of which one triangle is read, v is B. W = op(T)⁻ᵀX̄; B̄ += W,
/// and T's triangle gets op(T)‾ −= W·Xᵀ.
/// </summary>
internal readonly struct TriangularSolve : ICompositeRule
{
    private readonly ref struct Shape(in CompositeArguments arguments)
    {
        public readonly int N = arguments.Integers[0], M = arguments.Integers[1];
        public readonly bool Lower = (arguments.Integers[2] & 1) != 0, Transposed = (arguments.Integers[2] & 2) != 0,
            Unit = (arguments.Integers[2] & 4) != 0;

        /// <summary>The columns of row i that are read.</summary>
        public (int First, int End) Read(int i) => Lower ? (0, Unit ? i : i + 1) : (Unit ? i + 1 : i, N);
    }

    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>
    {
        Shape shape = new(arguments);
        v.CopyTo(y);
        MatrixAlgebra.SolveTriangular(shape.N, shape.M, u, shape.Lower, shape.Transposed, shape.Unit, y);
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        Shape shape = new(arguments);
        vDot.CopyTo(yDot);
        using Scratch<T> scratch = new(u.Length);
        Span<T> read = scratch.Span;
        read.Fill(T.Constant(0));
        for (int i = 0; i < shape.N; i++)
        {
            (int first, int end) = shape.Read(i);
            uDot[(i * shape.N + first)..(i * shape.N + end)].CopyTo(read[(i * shape.N + first)..]);
        }
        MatrixAlgebra.AddProduct(shape.N, shape.M, shape.N, read, shape.Transposed, y, false, yDot, subtract: true);
        MatrixAlgebra.SolveTriangular(shape.N, shape.M, u, shape.Lower, shape.Transposed, shape.Unit, yDot);
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar) where T : struct, IScalar<T>
    {
        Shape shape = new(arguments);
        using Scratch<T> scratch = new(y.Length);
        Span<T> w = scratch.Span;
        yBar.CopyTo(w);
        MatrixAlgebra.SolveTriangular(shape.N, shape.M, u, shape.Lower, !shape.Transposed, shape.Unit, w);
        if (!vBar.IsEmpty)
            Strands.Add(w, vBar);
        if (uBar.IsEmpty)
            return;
        ReadOnlySpan<T> left = shape.Transposed ? y : w, right = shape.Transposed ? w : y;
        for (int i = 0; i < shape.N; i++)
        {
            (int first, int end) = shape.Read(i);
            MatrixAlgebra.AddProduct(
                1, end - first, shape.M, left.Slice(i * shape.M, shape.M), false, right[(first * shape.M)..(end * shape.M)], true,
                uBar[(i * shape.N + first)..(i * shape.N + end)], subtract: true);
        }
    }
}
