using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>y = ln|det A| for [n], and after it A⁻¹, by which the derivatives are stated: ẏ = tr(A⁻¹Ȧ), Ā += ȳ A⁻ᵀ. −∞ if A is
/// singular.</summary>
internal readonly struct LogDeterminant : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>
    {
        int n = arguments.Integers[0];
        using Scratch<T> pivots = new(n);
        int sign = InverseAlgebra.Value(n, u, y[1..], pivots.Span);
        y[0] = T.Constant(sign == 0 ? double.NegativeInfinity : 0);
        for (int i = 0; i < n && sign != 0; i++)
            y[0] += T.Log(T.Abs(pivots.Span[i]));
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        int n = arguments.Integers[0];
        yDot[0] = InverseAlgebra.TraceOfProduct(n, y[1..], uDot);
        InverseAlgebra.Tangent(n, y[1..], uDot, yDot[1..]);
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar) where T : struct, IScalar<T>
    {
        int n = arguments.Integers[0];
        InverseAlgebra.AddTransposed(n, y[1..], yBar[0], uBar);
        InverseAlgebra.Adjoint(n, y[1..], yBar[1..], uBar);
    }
}
