using AutoDiff.Engine;

namespace AutoDiff;

// Parts of the rows.
public sealed partial class DataObjective
{
    /// <summary>The same sum or mean over the rows at the given places, in the given order; of all rows in order it gives the same bits.
    /// The indices are copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside 0 … RowCount − 1.</exception>
    public DataObjective Batch(ReadOnlySpan<int> rows)
    {
        int[] selection = Structured.CheckedIndices(rows, RowCount, "Row");
        if (_selection is not null)
        {
            for (int i = 0; i < selection.Length; i++)
                selection[i] = _selection[selection[i]];
        }
        return new DataObjective(_rows, selection, _term, _mean, Paths, _progress, _cancellation)
        {
            MaxDegreeOfParallelism = MaxDegreeOfParallelism, MostKeptBytes = MostKeptBytes, VerifyEvery = VerifyEvery,
        };
    }

    /// <summary>The number of batches that go through all rows once.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is not positive.</exception>
    public int BatchesPerEpoch(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return (int)(((long)RowCount + size - 1) / size);
    }

    /// <summary>
    /// Batches of <paramref name="size"/> rows without end, epoch after epoch: each goes through all rows once in a new order, a shuffle
    /// (Fisher–Yates) by the generator SplitMix64, and ends with a smaller batch if the size does not divide. One seed gives one sequence,
    /// every time it is enumerated.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public IEnumerable<DataObjective> MiniBatches(int size, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (RowCount == 0)
            throw new InvalidOperationException("MiniBatches: there are no rows to take batches of.");
        return Endless(size, seed);
    }

    private IEnumerable<DataObjective> Endless(int size, ulong seed)
    {
        SeededGenerator generator = new(seed);
        int[] order = [.. Enumerable.Range(0, RowCount)];
        while (true)
        {
            generator.Shuffle(order);
            for (int first = 0; first < order.Length; first += Math.Min(size, order.Length - first))
                yield return Batch(order.AsSpan(first, Math.Min(size, order.Length - first)));
        }
    }
}
