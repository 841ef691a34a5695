using System.Numerics.Tensors;
using System.Runtime.ExceptionServices;

namespace AutoDiff.Engine;

/// <summary>
/// One evaluation of a sum over rows: value, and if wanted gradient and Hessian-vector products. The lambda runs on the calling thread
/// only, at the first row, at the last, at one in between that is drawn anew each time (16 where the way is new), and at the first row of
/// each further way; everything else is sweeps over tiles of rows, in shards that are the same for any number of threads and are added
/// pairwise.
/// </summary>
internal sealed class RowRun
{
    private const int MostShards = 16, TilesPerShard = 4, MostWays = 8, LooksAtNew = 16;

    private readonly DataObjective _data;
    private readonly RowWatch _watch;
    private readonly bool _withBars;
    private readonly double[] _directions;
    private readonly int _directionCount;
    private readonly List<double[][]> _dots = [];
    private RowShard[] _shards = [];
    private List<double[]>? _bars;

    // Whether a way was recorded that no earlier evaluation has prepared.
    private bool _isNew;

    /// <summary>A run along the given ways, of which it may find more if there are none yet.</summary>
    public RowRun(DataObjective data, RowWatch watch, List<RowPoint> points, bool withBars, ReadOnlySpan<double> directions,
        int directionCount)
    {
        (_data, _watch, Points, _withBars, _directionCount) = (data, watch, points, withBars, directionCount);
        _directions = directions.ToArray();
    }

    /// <summary>Where tiles are kept, if they are to be.</summary>
    public RowKeep? Keep { get; init; }

    /// <summary>The ways through the lambda, in the order in which they were found.</summary>
    public List<RowPoint> Points { get; }

    /// <summary>The rows that are to be recorded one by one.</summary>
    public int[] Leftover { get; private set; } = [];

    /// <summary>The sum over the rows in lanes, at <paramref name="x"/>, where the lambda runs at the rows that need it.</summary>
    public double Discover(ReadOnlySpan<double> x)
    {
        _data.VerifyIfDue(x);
        if (!TryBegin(x))
            return Nothing();
        while (true)
        {
            if (!TrySweep())
                return Nothing();
            if (Array.Find(_shards, s => s.Rest.Length > 0) is not { } shard)
                return Total();
            int row = shard.Rest[0];
            Way way = Points.Count < MostWays ? Record(x, row) : Way.Unserved;
            if (way == Way.Inconsistent)
                return Nothing();
            if (way == Way.Unserved)
            {
                LeaveRest();
                return Total();
            }
            if (way == Way.Known)
            {
                // A comparison of numbers that are equal but for rounding came out one way in the lambda and the other in the lanes.
                Leftover = [.. Leftover, row];
                shard.DropFirst();
            }
        }
    }

    /// <summary>Goes through the rows in lanes along ways that are known, or through tiles that were kept of them.</summary>
    public void Repeat(RowKeep? kept)
    {
        if (Points.Count == 0)
            return;
        foreach (RowPoint point in Points)
            AddTangents(point);
        Divide(Keep);
        if (kept is not null && TryRepeatKept(kept))
            return;
        if (kept is not null)
            Divide(Keep);
        Sweep();
    }

    /// <summary>Adds the derivatives of f, and unless <paramref name="gradients"/> is empty of its gradient, along a curve.</summary>
    public void Expand(ReadOnlySpan<Taylor> x, Span<double> derivatives, Span<double> gradients)
    {
        if (Points.Count == 0)
            return;
        RowCurve[] curves = new RowCurve[Points.Count];
        try
        {
            for (int path = 0; path < curves.Length; path++)
            {
                _watch.Check();
                curves[path] = new RowCurve(Points[path], x, !gradients.IsEmpty);
            }
            Divide(Keep);
            ForEachShard(i => _shards[i].Expand(curves));
            for (int path = 0; path < curves.Length; path++)
            {
                int way = path;
                if (Join(shard => shard.SeriesOf(way), static (sum, other) => sum.Add(other)) is { } series)
                    curves[path].Finish(series, derivatives, gradients);
            }
        }
        finally
        {
            foreach (RowCurve? curve in curves)
                curve?.Release();
        }
    }

    private bool TryRepeatKept(RowKeep kept)
    {
        bool[] finite = new bool[_shards.Length];
        ForEachShard(i => finite[i] = _shards[i].TryRunKept(Points, _dots, kept));
        if (Array.IndexOf(finite, false) >= 0)
            return false;
        _bars = kept.Bars;
        return true;
    }

    /// <summary>Adds the gradient and the products over the rows in lanes.</summary>
    public void Finish(Span<double> gradient, Span<double> products)
    {
        if (_shards.Length == 0 || Points.Count == 0)
            return;
        double[] foundGradient = new double[gradient.Length], foundProducts = new double[products.Length];
        bool isFinite = double.IsFinite(Total());
        RowSums?[] sums = Join();
        foreach (RowSums? part in sums)
            Keep?.Bars.Add(part?.Bars ?? []);
        if (TryBend(sums))
        {
            Divide(null);
            Sweep();
            sums = Join();
        }
        if (!isFinite || !TryFinish<Plain>(sums, foundGradient, foundProducts))
        {
            // What all rows share is to be judged with absolute zeros, for which the rows' sums have to tell them.
            Keep?.GiveUp();
            Divide(null);
            ForEachShard(i => _shards[i].Run(Points, _dots, true));
            _bars = null;
            foundGradient.AsSpan().Clear();
            foundProducts.AsSpan().Clear();
            TryFinish<Absolute>(Join(), foundGradient, foundProducts);
        }
        TensorPrimitives.Add(gradient, foundGradient, gradient);
        TensorPrimitives.Add(products, foundProducts, products);
    }

    private RowSums?[] Join() =>
        [.. Enumerable.Range(0, Points.Count).Select(way => Join(shard => shard.SumsOf(way), static (sum, other) => sum.Add(other)))];

    // Whether tangents of what all rows share are others, now that its adjoints are known.
    private bool TryBend(RowSums?[] sums)
    {
        bool bends = false;
        for (int path = 0; path < Points.Count && _directionCount > 0; path++)
        {
            if ((_bars?[path] ?? sums[path]?.Bars) is not { Length: > 0 } bars || !Points[path].TryBend(bars))
                continue;
            _dots[path] = TangentsOf(Points[path]);
            bends = true;
        }
        return bends;
    }

    private bool TryFinish<D>(RowSums?[] sums, Span<double> gradient, Span<double> products) where D : unmanaged, ITangent<D>
    {
        for (int path = 0; path < Points.Count; path++)
        {
            double[][] dots = typeof(D) == typeof(Absolute) ? Points[path].MarkedTangents(_dots[path]) : _dots[path];
            if (sums[path] is { } sum && !Points[path].TryFinish<D>(_bars?[path] ?? sum.Bars, sum.BarDots, dots, gradient, products))
                return false;
        }
        return true;
    }

    /// <summary>Gives the memory back.</summary>
    public void Release()
    {
        foreach (RowPoint point in Points)
            point.Release();
        Points.Clear();
    }

    private enum Way
    {
        New,
        Known,
        Unserved,
        Inconsistent,
    }

    private bool TryBegin(ReadOnlySpan<double> x)
    {
        if (_data.RowCount == 0 || _data.Paths.AreDistrusted || Record(x, 0) != Way.New)
            return false;
        Divide(Keep);
        return (_data.RowCount == 1 || Record(x, _data.RowCount - 1) != Way.Inconsistent) && IsConsistentBetween(x);
    }

    // Whether the lambda does at rows between the first and the last what is repeated there in its place.
    private bool IsConsistentBetween(ReadOnlySpan<double> x)
    {
        int between = _data.RowCount - 2, looks = Math.Min(between, _isNew ? LooksAtNew : 1);
        SeededGenerator generator = looks < between ? _data.Paths.NextGenerator() : default;
        for (int k = 0; k < looks; k++)
        {
            if (Record(x, 1 + (looks < between ? generator.NextBelow(between) : k), adds: false) == Way.Inconsistent)
                return false;
        }
        return true;
    }

    // Values on all ways; false if a rule of the user's threw, where the lambda may not come, or may catch.
    private bool TrySweep()
    {
        try
        {
            Sweep();
            return true;
        }
        catch (Exception) when (Points.Exists(p => p.Path.CallsUserCode))
        {
            _watch.Recover();
            return false;
        }
    }

    private double Nothing()
    {
        Release();
        _shards = [];
        Leftover = [.. Enumerable.Range(0, _data.RowCount)];
        return 0;
    }

    private void LeaveRest()
    {
        List<int> leftover = [.. Leftover];
        foreach (RowShard shard in _shards)
            leftover.AddRange(shard.Rest);
        leftover.Sort();
        Leftover = [.. leftover];
    }

    private void Divide(RowKeep? keep)
    {
        int width = Points[0].Path.Width, tiles = (_data.RowCount - 1) / width + 1;
        _shards = new RowShard[Math.Clamp(tiles / TilesPerShard, 1, MostShards)];
        for (int i = 0; i < _shards.Length; i++)
        {
            int first = (int)((long)tiles * i / _shards.Length) * width,
                end = (int)Math.Min(_data.RowCount, (long)tiles * (i + 1) / _shards.Length * width);
            _shards[i] = new RowShard(_data, _watch, i, first, end, _withBars, _directionCount, keep);
        }
        keep?.Begin(_shards.Length);
    }

    // Runs the lambda at one row; a new way may be added.
    private Way Record(ReadOnlySpan<double> x, int row, bool adds = true)
    {
        _watch.Check();
        Recording? taken = null;
        RowPath? path;
        Var y;
        Recorder recorder = Recorder.Begin(x);
        try
        {
            recorder.KeepGuards();
            y = _data.TermChecked(recorder.Inputs, row);
            Recording recording = recorder.Flush();
            recording.VerifyReferences();
            path = recording.NotReplayable is null ? _data.Paths.Find(recording, y, _data.RowCount) : null;
            foreach (RowPoint point in Points)
            {
                if (point.Path == path || recording.NotReplayable is null && point.Path.Serves(recording, y))
                    return Way.Known;
                if (!point.Path.MayBranchTo(recording))
                {
                    _data.Paths.Distrust();
                    return Way.Inconsistent;
                }
            }
            if (recording.NotReplayable is not null)
                return Way.Unserved;
            if (!adds)
                return Way.New;
            if (path is null)
                taken = recorder.Seal();
            else if (path.HasLanes)
                Add(new RowPoint(path, recording));
        }
        finally
        {
            recorder.End();
        }
        if (taken is not null)
        {
            _isNew = true;
            path = _data.Paths.Add(taken, y, _data.RowCount);
            if (path.HasLanes)
                Add(new RowPoint(path, taken));
        }
        return path!.HasLanes ? Way.New : Way.Unserved;
    }

    private void Add(RowPoint point)
    {
        Points.Add(point);
        AddTangents(point);
    }

    private void AddTangents(RowPoint point) => _dots.Add(TangentsOf(point));

    private double[][] TangentsOf(RowPoint point)
    {
        double[][] dots = _directionCount == 0 ? [] : new double[_directionCount][];
        for (int k = 0; k < dots.Length; k++)
        {
            _watch.Check();
            dots[k] = point.Tangents(_directions.AsSpan(k * point.Path.InputCount, point.Path.InputCount));
        }
        return dots;
    }

    private void Sweep() => ForEachShard(i => _shards[i].Run(Points, _dots, false));

    private void ForEachShard(Action<int> action)
    {
        int degree = Math.Min(_data.MaxDegreeOfParallelism, _shards.Length);
        if (degree == 1)
        {
            for (int i = 0; i < _shards.Length; i++)
                action(i);
            return;
        }
        try
        {
            Parallel.For(0, _shards.Length, new ParallelOptions { MaxDegreeOfParallelism = degree }, Watched);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(_watch.Failure ?? e.InnerExceptions[0]);
        }

        void Watched(int shard)
        {
            try
            {
                action(shard);
            }
            catch (Exception e)
            {
                _watch.Fail(e);
                throw;
            }
        }
    }

    private double Total() => Pairwise.Sum([.. _shards.Select(s => s.Value)]);

    private T? Join<T>(Func<RowShard, T?> part, Action<T, T> add) where T : class => Pairwise.Join([.. _shards.Select(part)], add);
}
