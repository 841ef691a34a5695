using System.Numerics;
using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// Determinant and adjugate of a small matrix as sums of products (Laplace's expansion): n 2ⁿ multiplications each way, no division, so
/// that every derivative is right at singular matrices too.
/// </summary>
internal static class Minors
{
    /// <summary>The largest order that this pays for.</summary>
    public const int MostRows = 6;

    /// <summary>Returns det A and writes the adjugate, (−1)ⁱ⁺ʲ times the minor without row j and column i at place (i, j).</summary>
    public static T Expand<T>(int n, ReadOnlySpan<T> a, Span<T> adjugate) where T : struct, IScalar<T>
    {
        int sets = 1 << n, all = sets - 1;
        using Scratch<T> scratch = new(2 * sets);
        // By the set of columns: the minor of as many rows, the first ones above and the last ones below.
        Span<T> above = scratch.Span[..sets], below = scratch.Span[sets..];
        above[0] = below[0] = T.Constant(1);
        for (int columns = 1; columns < sets; columns++)
        {
            int count = BitOperations.PopCount((uint)columns);
            above[columns] = AlongRow(a.Slice((count - 1) * n, n), columns, above, count - 1);
            below[columns] = AlongRow(a.Slice((n - count) * n, n), columns, below, 0);
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                adjugate[j * n + i] = Cofactor(i, j, all, above, below);
        }
        return above[all];
    }

    private static T AlongRow<T>(ReadOnlySpan<T> row, int columns, ReadOnlySpan<T> minors, int firstSign) where T : struct, IScalar<T>
    {
        T sum = T.Constant(0);
        bool isFirst = true, isNegative = (firstSign & 1) != 0;
        for (int rest = columns; rest != 0; rest &= rest - 1, isNegative = !isNegative)
        {
            int column = BitOperations.TrailingZeroCount(rest);
            T term = row[column] * minors[columns & ~(1 << column)];
            sum = isFirst ? (isNegative ? -term : term) : isNegative ? sum - term : sum + term;
            isFirst = false;
        }
        return sum;
    }

    // Over the sets of columns that the rows above row i may have, column j left out.
    private static T Cofactor<T>(int i, int j, int all, ReadOnlySpan<T> above, ReadOnlySpan<T> below) where T : struct, IScalar<T>
    {
        T sum = T.Constant(0);
        bool isFirst = true;
        int without = all & ~(1 << j);
        for (int columns = without; ; columns = (columns - 1) & without)
        {
            if (BitOperations.PopCount((uint)columns) == i)
            {
                T term = above[columns] * below[without & ~columns];
                bool isNegative = ((Inversions(columns, without) + i + j) & 1) != 0;
                sum = isFirst ? (isNegative ? -term : term) : isNegative ? sum - term : sum + term;
                isFirst = false;
            }
            if (columns == 0)
                return sum;
        }
    }

    // How many pairs of columns stand in the wrong order if those of the set come first.
    private static int Inversions(int columns, int among)
    {
        int inversions = 0;
        for (int rest = columns; rest != 0; rest &= rest - 1)
            inversions += BitOperations.PopCount((uint)(among & ~columns & ((rest & -rest) - 1)));
        return inversions;
    }
}
