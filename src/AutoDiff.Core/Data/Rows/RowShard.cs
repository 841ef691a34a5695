namespace AutoDiff.Engine;

/// <summary>
/// Some consecutive rows, which one thread goes through: tile by tile on one way through the lambda, then those rows that do not take it on
/// the next. What it adds up does not depend on other shards.
/// </summary>
internal sealed unsafe partial class RowShard
{
    private readonly DataObjective _data;
    private readonly RowWatch _watch;
    private readonly bool _withBars;
    private readonly int _directions, _index;
    private readonly RowKeep? _keep;
    private static readonly RowSums s_none = new(0, false, 0);

    private readonly List<RowSums?> _sums = [];
    private readonly List<RowSeries?> _series = [];
    private int[] _rows, _others;
    private int _count;

    /// <summary>The shard of the rows at places <paramref name="first"/> to <paramref name="end"/> − 1.</summary>
    public RowShard(DataObjective data, RowWatch watch, int index, int first, int end, bool withBars, int directions, RowKeep? keep)
    {
        (_data, _watch, _index, _withBars, _directions, _keep) = (data, watch, index, withBars, directions, keep);
        _count = end - first;
        _rows = new int[_count];
        for (int i = 0; i < _count; i++)
            _rows[i] = first + i;
        _others = [];
    }

    /// <summary>Σ ℓ over the rows done.</summary>
    public double Value { get; private set; }

    /// <summary>The rows that no way served so far.</summary>
    public ReadOnlySpan<int> Rest => _rows.AsSpan(0, _count);

    /// <summary>What the rows on a way have added, or null.</summary>
    public RowSums? SumsOf(int path) => path < _sums.Count ? _sums[path] : null;

    /// <summary>What the rows on a way have added along a curve, or null.</summary>
    public RowSeries? SeriesOf(int path) => _series[path];

    /// <summary>Leaves the first of the rest to others.</summary>
    public void DropFirst()
    {
        _count--;
        _rows.AsSpan(1, _count).CopyTo(_rows);
    }

    /// <summary>Goes through the rows that are left on the ways that are new to it. Each way's tangents come with it, one array for each
    /// direction; if asked for, the sums tell structural zeros from others.</summary>
    public void Run(List<RowPoint> points, List<double[][]> dots, bool marks)
    {
        for (int path = _sums.Count; path < points.Count; path++)
        {
            RowSums? sums = null;
            if (_count > 0)
            {
                sums = new RowSums(_withBars ? points[path].Path.UniformCount : 0, _withBars, _directions);
                Run(points[path], path, dots[path], sums, marks);
            }
            _sums.Add(sums);
        }
    }

    /// <summary>Products by the tiles that were kept; false if one is not finite.</summary>
    public bool TryRunKept(List<RowPoint> points, List<double[][]> dots, RowKeep kept)
    {
        for (int path = 0; path < points.Count; path++)
        {
            RowSums sums = new(points[path].Path.UniformCount, false, _directions);
            foreach (KeptTile tile in kept.Tiles(_index, path))
            {
                AddProducts(points[path].Path, tile, dots[path], sums);
                _watch.Add(tile.RowCount);
            }
            if (!sums.IsFinite)
                return false;
            _sums.Add(sums);
        }
        return true;
    }

    private void AddProducts(RowPath path, KeptTile tile, double[][] dots, RowSums sums)
    {
        Workspace w = Workspace.Rent(tile.Wide);
        try
        {
            w.LendBars(tile.Bars, false);
            w.ReserveDots(1);
            w.ReserveBarDots(1);
            for (int k = 0; k < dots.Length; k++)
            {
                _watch.Check();
                dots[k].CopyTo(new Span<double>(w.Dots, path.UniformCount));
                sums.BarDots[k].CopyTo(new Span<double>(w.BarDots, path.UniformCount));
                new Span<double>(w.BarDots + path.RowEnd, w.Recording.SlotCount - path.RowEnd).Clear();
                SecondOrder.Sweep<Plain>(w);
                new ReadOnlySpan<double>(w.BarDots, path.UniformCount).CopyTo(sums.BarDots[k]);
            }
        }
        finally
        {
            w.Return();
        }
    }

    /// <summary>Goes through its rows along a curve, on the ways that are known.</summary>
    public void Expand(RowCurve[] curves)
    {
        foreach (RowCurve curve in curves)
        {
            RowSeries? series = null;
            if (_count > 0)
                Run(curve.Point, _series.Count, [], s_none, false, curve, series = curve.NewSeries());
            _series.Add(series);
        }
    }

    private void Run(RowPoint point, int way, double[][] dots, RowSums sums, bool marks, RowCurve? curve = null, RowSeries? series = null)
    {
        Recording wide = point.Path.TakeWide();
        Workspace w = Workspace.Rent(wide);
        try
        {
            point.Values.CopyTo(new Span<double>(w.Values, point.Path.UniformCount));
            Pass pass = new(this, point, way, w, dots, sums);
            if (curve is not null)
                pass.Expand(curve, series!);
            else if (marks || !pass.TryRun())
            {
                _keep?.GiveUp();
                sums.Clear();
                pass.RunCarefully(marks);
            }
            Value += pass.Value;
            _count = pass.OtherCount;
            (_rows, _others) = (_others, _rows);
        }
        finally
        {
            w.Return();
            RecordingPool.Return(wide);
        }
    }
}
