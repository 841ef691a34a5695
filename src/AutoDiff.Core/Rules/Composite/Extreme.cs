using System.Runtime.InteropServices;
using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>Which of the numbers of a row is meant: the largest or the smallest. NaN if there is one.</summary>
internal interface IOrder
{
    static abstract double Of(double x, double y);

    static abstract double Of(ReadOnlySpan<double> row);
}

/// <summary>
/// The extreme element of each row of [columns], the largest or the smallest; the elements that attain it have equal shares of the
/// derivative.
/// </summary>
internal readonly struct Extreme<TOrder> : ICompositeRule where TOrder : struct, IOrder
{
    public static bool IsSmooth => false;

    public static VarVector? Trace(KinkTrace trace, ArrayView u, int rows, int columns, ReadOnlySpan<int> integers) =>
        trace.Extremes(typeof(TOrder).Name, u, rows * columns, integers[0], TOrder.Of(0.0, 1.0) > 0 ? 1 : -1) is { } winners
            ? Structured.Linear<Gather>(u, rows, columns, default, winners)
            : (VarVector?)null;

    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < y.Length; i++)
        {
            ReadOnlySpan<T> row = u.Slice(i * columns, columns);
            y[i] = Mean(row, Of(row));
        }
    }

    private static double Of<T>(ReadOnlySpan<T> row) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
            return TOrder.Of(MemoryMarshal.Cast<T, double>(row));
        double extreme = T.Primal(row[0]);
        foreach (T x in row)
            extreme = TOrder.Of(extreme, T.Primal(x));
        return extreme;
    }

    /// <summary>
    /// The mean of the elements that attain <paramref name="extreme"/>, by which their shares reach derivatives of every order; its primal
    /// is the extreme to the bit.
    /// </summary>
    private static T Mean<T>(ReadOnlySpan<T> row, double extreme) where T : struct, IScalar<T>
    {
        int ties = typeof(T) == typeof(Real) ? 0 : Ties(row, extreme);
        if (ties == 0)
            return T.Constant(extreme);
        T mean = T.Constant(double.IsInfinity(extreme) ? 0 : extreme);
        foreach (T x in row)
        {
            if (T.Primal(x) == extreme)
                mean += (double.IsInfinity(extreme) ? x : x - extreme) / ties;
        }
        return mean;
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < y.Length; i++)
            yDot[i] = MeanWhere(u.Slice(i * columns, columns), T.Primal(y[i]), uDot.Slice(i * columns, columns));
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < y.Length; i++)
        {
            double extreme = T.Primal(y[i]);
            T share = yBar[i] / Math.Max(1, Ties(u.Slice(i * columns, columns), extreme));
            for (int j = i * columns; j < (i + 1) * columns; j++)
            {
                if (T.Primal(u[j]) == extreme)
                    uBar[j] += share;
            }
        }
    }

    static bool ICompositeRule.IsSelection => true;

    private static T MeanWhere<T>(ReadOnlySpan<T> row, double extreme, ReadOnlySpan<T> rowDot) where T : struct, IScalar<T>
    {
        T sum = T.Constant(Zeros.Structural);
        for (int j = 0; j < row.Length; j++)
        {
            if (T.Primal(row[j]) == extreme)
                sum = T.Accumulate(sum, rowDot[j]);
        }
        return sum / Math.Max(1, Ties(row, extreme));
    }

    private static int Ties<T>(ReadOnlySpan<T> row, double extreme) where T : struct, IScalar<T>
    {
        int ties = 0;
        foreach (T x in row)
            ties += T.Primal(x) == extreme ? 1 : 0;
        return ties;
    }
}
