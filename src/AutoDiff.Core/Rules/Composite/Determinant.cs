using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// y = det A for [n], and after it the adjugate C, by which the derivatives are stated: ẏ = tr(C·Ȧ), and Ċ = (ẏ C − C·Ȧ·C) / y or, where A
/// is nearly singular, the derivative of the polynomials themselves (<see cref="Adjugate"/>).
/// </summary>
internal readonly struct Determinant : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T> =>
        y[0] = Adjugate.Value(arguments.Integers[0], u, y[1..]);

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
            ReadOnlySpan<T> vDot, Span<T> yDot)
        where T : struct, IScalar<T>
    {
        int n = arguments.Integers[0];
        yDot[0] = InverseAlgebra.TraceOfProduct(n, y[1..], uDot);
        AdjugateTangent(n, u, y, uDot, yDot[0], yDot[1..]);
    }

    // The derivative of C along Ȧ is symmetric, det A having second derivatives that are: C̄ᵀ takes the place of Ȧ.
    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
            Span<T> vBar)
        where T : struct, IScalar<T>
    {
        int n = arguments.Integers[0];
        InverseAlgebra.AddTransposed(n, y[1..], yBar[0], uBar);
        if (Rows.AreZero(yBar[1..]))
            return;
        using Scratch<T> scratch = new(2 * n * n);
        Span<T> direction = scratch.Span[..(n * n)], change = scratch.Span[(n * n)..];
        MatrixAlgebra.Transpose(n, yBar[1..], direction);
        AdjugateTangent(n, u, y, direction, InverseAlgebra.TraceOfProduct(n, y[1..], direction), change);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                uBar[i * n + j] += change[j * n + i];
        }
    }

    private static void AdjugateTangent<T>(
        int n, ReadOnlySpan<T> u, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot, T determinantDot, Span<T> adjugateDot)
        where T : struct, IScalar<T>
    {
        ReadOnlySpan<T> adjugate = y[1..];
        if (n <= Minors.MostRows || !Adjugate.IsRegular(u, y[0], adjugate))
        {
            Adjugate.Tangent(n, u, uDot, adjugateDot);
            return;
        }
        InverseAlgebra.Tangent(n, adjugate, uDot, adjugateDot);
        for (int i = 0; i < adjugateDot.Length; i++)
            adjugateDot[i] = (determinantDot * adjugate[i] + adjugateDot[i]) / y[0];
    }
}
