using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>What the largest and the smallest element of a row have in common: equal shares for the elements that attain it.</summary>
internal static class Extreme
{
    /// <summary>
    /// The mean of the elements that attain <paramref name="extreme"/>, by which their shares reach derivatives of every order; its primal
    /// is the extreme to the bit.
    /// </summary>
    public static T Mean<T>(ReadOnlySpan<T> row, double extreme) where T : struct, IScalar<T>
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

    public static void Tangent<T>(ReadOnlySpan<T> u, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        int columns = u.Length / Math.Max(1, y.Length);
        for (int i = 0; i < y.Length; i++)
            yDot[i] = MeanWhere(u.Slice(i * columns, columns), T.Primal(y[i]), uDot.Slice(i * columns, columns));
    }

    public static void Adjoint<T>(ReadOnlySpan<T> u, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar) where T : struct, IScalar<T>
    {
        int columns = u.Length / Math.Max(1, y.Length);
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

    private static T MeanWhere<T>(ReadOnlySpan<T> row, double extreme, ReadOnlySpan<T> rowDot) where T : struct, IScalar<T>
    {
        T sum = T.Constant(0);
        for (int j = 0; j < row.Length; j++)
        {
            if (T.Primal(row[j]) == extreme)
                sum += rowDot[j];
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
