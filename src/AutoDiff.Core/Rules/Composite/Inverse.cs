using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>Y = A⁻¹ for [n]; see <see cref="InverseAlgebra"/>. NaN if A is singular.</summary>
internal readonly struct Inverse : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>
    {
        using Scratch<T> pivots = new(arguments.Integers[0]);
        InverseAlgebra.Value(arguments.Integers[0], u, y, pivots.Span);
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T> =>
        InverseAlgebra.Tangent(arguments.Integers[0], y, uDot, yDot);

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar) where T : struct, IScalar<T> =>
        InverseAlgebra.Adjoint(arguments.Integers[0], y, yBar, uBar);
}
