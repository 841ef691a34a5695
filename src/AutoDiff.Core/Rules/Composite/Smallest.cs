using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>The smallest element of each row of [columns]; elements that tie have equal shares of the derivative. NaN if there is one.</summary>
internal readonly struct Smallest : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y) where T : struct, IScalar<T>
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = Extreme.Mean(u.Slice(i * arguments.Integers[0], arguments.Integers[0]), Of(u.Slice(i * arguments.Integers[0], arguments.Integers[0])));
    }

    public static void Tangent<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot, ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T> =>
        Extreme.Tangent(u, y, uDot, yDot);

    public static void Adjoint<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar, Span<T> vBar) where T : struct, IScalar<T> =>
        Extreme.Adjoint(u, y, yBar, uBar);

    private static double Of<T>(ReadOnlySpan<T> row) where T : struct, IScalar<T>
    {
        double extreme = T.Primal(row[0]);
        foreach (T x in row)
            extreme = Math.Min(extreme, T.Primal(x));
        return extreme;
    }
}
