using AutoDiff.Engine;

namespace AutoDiff.Tests.DataRows;

/// <summary>Rows in lanes, against the definition.</summary>
public class RowTileTests
{
    [Fact]
    public unsafe void Number_j_of_a_row_goes_to_its_lane_and_nothing_else_is_written()
    {
        const double mark = -77;
        for (int length = 0; length <= 40; length++)
        {
            double[,] data = new double[20, length];
            for (int i = 0; i < data.Length; i++)
                data[i / length, i % length] = i + 1;
            foreach ((int width, int count) in new[] { (8, 1), (8, 8), (16, 9), (24, 20), (40, 33) })
            {
                int[] rows = [.. Enumerable.Range(0, count).Select(i => (7 * i + 3) % 20)];
                double[] target = new double[length * width + 16];
                target.AsSpan().Fill(mark);
                fixed (double* to = target)
                    RowTile.Load(data, rows, width, to + 8);
                for (int k = 0; k < target.Length; k++)
                {
                    int place = k - 8;
                    bool inside = place >= 0 && place < length * width;
                    target[k].ShouldBe(inside ? data[rows[Math.Min(place % width, count - 1)], place / width]
                        : mark, $"{length} numbers, {count} rows in {width} lanes");
                }
            }
        }
    }
}
