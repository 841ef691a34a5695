using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// X = op(A)⁻¹·B for [n, m, transposed]: u is A, v is B, and y is X followed by the factors of A, which only this rule reads: with them
/// every derivative is a triangular solution, and no sweep factors again. W = op(A)⁻ᵀX̄; B̄ += W, op(A)‾ −= W·Xᵀ.
/// </summary>
/// <remarks>M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic differentiation (2008), §
/// 2.3.1.</remarks>
internal readonly struct LinearSolve : ICompositeRule
{
    private readonly ref struct Shape(in CompositeArguments arguments)
    {
        public readonly int N = arguments.Integers[0], M = arguments.Integers[1];
        public readonly bool Transposed = arguments.Integers[2] != 0;

        public int Length => N * M;
    }

    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>
    {
        Shape shape = new(arguments);
        LinearSolver.Factor(shape.N, u, y[shape.Length..]);
        LinearSolver.Solve(shape.N, shape.M, u, shape.Transposed, y[shape.Length..], v, y[..shape.Length]);
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        Shape shape = new(arguments);
        yDot[shape.Length..].Fill(T.Constant(0));
        Span<T> xDot = yDot[..shape.Length];
        vDot.CopyTo(xDot);
        MatrixAlgebra.AddProduct(shape.N, shape.M, shape.N, uDot, shape.Transposed, y[..shape.Length], false, xDot, subtract: true);
        LinearSolver.Solve(shape.N, shape.M, u, shape.Transposed, y[shape.Length..], xDot, xDot);
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar) where T : struct, IScalar<T>
    {
        Shape shape = new(arguments);
        ReadOnlySpan<T> x = y[..shape.Length];
        using Scratch<T> scratch = new(shape.Length);
        Span<T> w = scratch.Span;
        LinearSolver.Solve(shape.N, shape.M, u, !shape.Transposed, y[shape.Length..], yBar[..shape.Length], w);
        if (!vBar.IsEmpty)
            Strands.Add(w, vBar);
        if (uBar.IsEmpty)
            return;
        if (shape.Transposed)
            MatrixAlgebra.AddProduct(shape.N, shape.N, shape.M, x, false, w, true, uBar, subtract: true);
        else
            MatrixAlgebra.AddProduct(shape.N, shape.N, shape.M, w, false, x, true, uBar, subtract: true);
    }
}
