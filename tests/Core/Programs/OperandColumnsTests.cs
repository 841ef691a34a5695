using AutoDiff.Engine;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Programs;

/// <summary>Columns of operands against sorting row by row.</summary>
public class OperandColumnsTests
{
    [Fact]
    public void Rows_are_sorted_by_one_column_and_then_by_the_others_and_equal_ones_stay_in_turn()
    {
        SplitMix64 random = new(3);
        OperandColumns columns = new();
        for (int trial = 0; trial < 300; trial++)
        {
            // Few different positions, so that many rows agree in several columns, or in all.
            int width = trial % 6, count = 1 + trial % 50, different = 1 + trial % 4;
            int[][] rows = [.. Enumerable.Range(0, count).Select(_ => new int[width])];
            columns.Begin(width, count);
            for (int i = 0; i < count; i++)
            {
                for (int k = 0; k < width; k++)
                    columns[k][i] = rows[i][k] = (int)(random.Next() % (ulong)different) * 1_000_003;
            }
            columns.Merge(width);
            columns.Sort();
            int[] order = columns.Order.ToArray();
            // Any one of the columns may come first; the others are in their order.
            int[][] expected = [.. Enumerable.Range(0, Math.Max(1, width)).Select(first => Sorted(rows, first))];
            expected.ShouldContain(e => e.SequenceEqual(order));
            columns.IsInOrder.ShouldBe(order.SequenceEqual(Enumerable.Range(0, count)));
            for (int k = 0; k < width; k++)
                columns.InOrder(k).ShouldBe(order.Select(i => rows[i][k]));
        }
    }

    private static int[] Sorted(int[][] rows, int first)
    {
        int width = rows[0].Length;
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        for (int k = width - 1; k >= 0; k--)
            order = [.. order.OrderBy(i => rows[i][k])];
        return width == 0 ? order : [.. order.OrderBy(i => rows[i][first])];
    }

    [Fact]
    public void Equal_columns_have_one_number()
    {
        OperandColumns columns = new();
        columns.Begin(5, 100);
        for (int k = 0; k < 5; k++)
        {
            for (int i = 0; i < 100; i++)
                columns[k][i] = k % 2 == 0 ? i : 2 * i;
        }
        columns[4][41] = 7; // Where no sample is taken.
        columns.Merge(5);
        columns.DistinctCount.ShouldBe(3);
        Enumerable.Range(0, 5).Select(columns.NumberOf).ShouldBe([0, 1, 0, 1, 2]);
        Enumerable.Range(0, 3).Select(columns.DistinctColumn).ShouldBe([0, 1, 4]);
    }
}
