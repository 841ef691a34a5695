namespace AutoDiff.Engine;

/// <summary>A tile's values and adjoints. Safe to read from many threads.</summary>
internal sealed unsafe class KeptTile
{
    private readonly int _firstBar;
    private PinnedBuffer<double> _bars = new() { PageOffset = 1024 };

    public KeptTile(Recording wide, Workspace w, int firstBar, int rowCount)
    {
        (Wide, RowCount) = (wide, rowCount);
        _firstBar = firstBar;
        long bytes = wide.SlotCount * (long)sizeof(double);
        Buffer.MemoryCopy(w.Values, wide.Values, bytes, bytes);
        bytes -= firstBar * (long)sizeof(double);
        _bars.Reserve(wide.SlotCount - firstBar);
        Buffer.MemoryCopy(w.Bars + firstBar, _bars.Pointer, bytes, bytes);
    }

    /// <summary>The wide recording with the tile's values.</summary>
    public Recording Wide { get; }

    /// <summary>The adjoints by slot, of which there are only those of what wide instructions write.</summary>
    public double* Bars => _bars.Pointer - _firstBar;

    /// <summary>How many of its rows took the way.</summary>
    public int RowCount { get; }

    public static long Bytes(Recording wide, int firstBar) => (2L * wide.SlotCount - firstBar) * sizeof(double);
}

/// <summary>
/// The tiles of an evaluation, kept for products at the same point as long as they take no more than <paramref name="mostBytes"/>; beyond
/// that all are given up, and every product computes them again. Shards add to it on threads of their own, each to its own lists.
/// </summary>
internal sealed class RowKeep(long mostBytes)
{
    private List<List<KeptTile>>[] _tiles = [];
    private long _bytes;
    private volatile bool _isGivenUp;

    /// <summary>The adjoints of what all rows share, by way.</summary>
    public List<double[]> Bars { get; } = [];

    public bool IsGivenUp => _isGivenUp;

    public void Begin(int shards) => _tiles = [.. Enumerable.Range(0, shards).Select(_ => new List<List<KeptTile>>())];

    public void GiveUp() => _isGivenUp = true;

    public void Add(int shard, int way, RowPath path, Workspace w, int rowCount)
    {
        if (_isGivenUp || Interlocked.Add(ref _bytes, KeptTile.Bytes(w.Recording, path.RowEnd)) > mostBytes)
        {
            _isGivenUp = true;
            return;
        }
        List<List<KeptTile>> tiles = _tiles[shard];
        while (tiles.Count <= way)
            tiles.Add([]);
        tiles[way].Add(new KeptTile(path.NewWide(), w, path.RowEnd, rowCount));
    }

    public IReadOnlyList<KeptTile> Tiles(int shard, int way) => way < _tiles[shard].Count ? _tiles[shard][way] : [];
}
