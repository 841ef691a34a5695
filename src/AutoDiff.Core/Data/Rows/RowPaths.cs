using AutoDiff.Kernels;

namespace AutoDiff.Engine;

/// <summary>
/// The ways through a row lambda that are known from earlier evaluations. Each evaluation records at least one row anew and compares; where
/// nothing but values has changed, what was prepared serves again. Safe to use from many threads.
/// </summary>
internal sealed class RowPaths
{
    private const int Kept = 16;

    /// <summary>Few enough rows at once that their numbers stay in a near cache, and enough for matrix products.</summary>
    private const int NumbersNear = 1 << 16, NumbersWithin = 1 << 18, LeastForProducts = 64, Most = 248;

    private volatile RowPath[] _known = [];
    private long _draws, _calls;
    private volatile bool _areDistrusted;

    /// <summary>Whether the lambda once did at a row what neither point nor row explain: from then on it runs at every row.</summary>
    public bool AreDistrusted => _areDistrusted;

    /// <summary>Notes that.</summary>
    public void Distrust() => _areDistrusted = true;

    /// <summary>The number of evaluations that are counted.</summary>
    public long NextCall() => Interlocked.Increment(ref _calls);

    /// <summary>A generator for rows to look at, another one each time; the same sequence in every process.</summary>
    public SeededGenerator NextGenerator() => new((ulong)Interlocked.Increment(ref _draws));

    /// <summary>The path that serves for a recording, or null.</summary>
    public RowPath? Find(Recording recording, Var result, int rowCount)
    {
        int width = Width(recording, rowCount);
        foreach (RowPath path in _known)
        {
            if (path.PreferredWidth == width && path.Serves(recording, result))
                return path;
        }
        return null;
    }

    /// <summary>The path of a recording that is handed over; its recorder has ended.</summary>
    public RowPath Add(Recording recording, Var result, int rowCount)
    {
        RowPath path = RowPath.Of(recording, result, Width(recording, rowCount));
        if (!path.CopiesConstants)
            _known = [path, .. _known.Take(Kept - 1)];
        return path;
    }

    // The same for any number of threads; tiles of about equal size.
    private static int Width(Recording recording, int rowCount)
    {
        int numbers = Math.Max(1, recording.SlotCount - recording.InputCount);
        int most = Math.Clamp(NumbersNear / numbers, LeastForProducts, Most);
        if (numbers > NumbersWithin / LeastForProducts)
            most = Math.Max(NumbersWithin / numbers, VectorWidth.Block);
        most -= most % VectorWidth.Block;
        int tiles = (int)(((long)rowCount + most - 1) / most), each = (rowCount + tiles - 1) / tiles;
        int groups = (each + VectorWidth.Block - 1) / VectorWidth.Block;
        // With 1024 bytes, or a multiple, from one number's lanes to the next, few sets of the cache would serve.
        return (groups % 16 == 0 ? groups + 1 : groups) * VectorWidth.Block;
    }
}
