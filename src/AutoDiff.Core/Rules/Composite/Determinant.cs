using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// y = det A for [n], and after it the adjugate C = y A⁻¹, by which the derivatives are stated: ẏ = tr(C·Ȧ), Ċ = (ẏ C − C·Ȧ·C) / y, and
/// their transposes. C is NaN if A is singular, so that a derivative there is NaN and not a wrong 0.
/// </summary>
internal readonly struct Determinant : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y) where T : struct, IScalar<T>
    {
        int n = arguments.Integers[0];
        using Scratch<T> pivots = new(n);
        Span<T> adjugate = y[1..];
        int sign = InverseAlgebra.Value(n, u, adjugate, pivots.Span);
        y[0] = T.Constant(sign);
        if (sign == 0)
            return;
        for (int i = 0; i < n; i++)
            y[0] *= pivots.Span[i];
        foreach (ref T element in adjugate)
            element *= y[0];
    }

    public static void Tangent<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot, ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        int n = arguments.Integers[0];
        ReadOnlySpan<T> adjugate = y[1..];
        Span<T> adjugateDot = yDot[1..];
        yDot[0] = InverseAlgebra.TraceOfProduct(n, adjugate, uDot);
        InverseAlgebra.Tangent(n, adjugate, uDot, adjugateDot);
        for (int i = 0; i < adjugateDot.Length; i++)
            adjugateDot[i] = (yDot[0] * adjugate[i] + adjugateDot[i]) / y[0];
    }

    public static void Adjoint<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar, Span<T> vBar) where T : struct, IScalar<T>
    {
        int n = arguments.Integers[0];
        ReadOnlySpan<T> adjugate = y[1..];
        InverseAlgebra.AddTransposed(n, adjugate, yBar[0], uBar);
        if (Rows.AreZero(yBar[1..]))
            return;
        using Scratch<T> scratch = new(n * n);
        Span<T> adjugateBar = scratch.Span;
        for (int i = 0; i < adjugateBar.Length; i++)
            adjugateBar[i] = yBar[1 + i] / y[0];
        InverseAlgebra.AddTransposed(n, adjugate, Rows.Dot(adjugateBar, adjugate), uBar);
        InverseAlgebra.Adjoint(n, adjugate, adjugateBar, uBar);
    }
}
