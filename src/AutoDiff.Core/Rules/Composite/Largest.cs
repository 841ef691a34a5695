using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>The largest element of each row of [columns]; elements that tie have equal shares of the derivative. NaN if there is
/// one.</summary>
internal readonly struct Largest : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < y.Length; i++)
        {
            ReadOnlySpan<T> row = u.Slice(i * columns, columns);
            y[i] = Extreme.Mean(row, Of(row));
        }
    }

    public static void Tangent<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot, ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T> =>
        Extreme.Tangent(u, y, uDot, yDot);

    public static void Adjoint<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar, Span<T> vBar) where T : struct, IScalar<T> =>
        Extreme.Adjoint(u, y, yBar, uBar);

    private static double Of<T>(ReadOnlySpan<T> row) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
            return TensorPrimitives.Max(MemoryMarshal.Cast<T, double>(row));
        double extreme = T.Primal(row[0]);
        foreach (T x in row)
            extreme = Math.Max(extreme, T.Primal(x));
        return extreme;
    }
}
