using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace AutoDiff.Engine;

/// <summary>
/// Some consecutive rows, which one thread goes through: tile by tile on one way through the lambda, then those rows that do not take it on
/// the next. What it adds up does not depend on other shards.
/// </summary>
internal sealed unsafe class RowShard
{
    private readonly DataObjective _data;
    private readonly RowWatch _watch;
    private readonly bool _withBars;
    private readonly int _directions, _index;
    private readonly RowKeep? _keep;
    private readonly List<RowSums?> _sums = [];
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

    /// <summary>Leaves the first of the rest to others.</summary>
    public void DropFirst()
    {
        _count--;
        _rows.AsSpan(1, _count).CopyTo(_rows);
    }

    /// <summary>Goes through the rows that are left on the ways that are new to it. Each way's tangents come with it, one array for each
    /// direction.</summary>
    public void Run(List<RowPoint> points, List<double[][]> dots)
    {
        for (int path = _sums.Count; path < points.Count; path++)
        {
            RowSums? sums = null;
            if (_count > 0)
            {
                sums = new RowSums(_withBars ? points[path].Path.UniformCount : 0, _withBars, _directions);
                Run(points[path], path, dots[path], sums);
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
            w.LendBars(tile.Bars);
            w.ReserveDots(1);
            w.ReserveBarDots(1);
            for (int k = 0; k < dots.Length; k++)
            {
                _watch.Check();
                dots[k].CopyTo(new Span<double>(w.Dots, path.UniformCount));
                sums.BarDots[k].CopyTo(new Span<double>(w.BarDots, path.UniformCount));
                new Span<double>(w.BarDots + path.RowEnd, w.Recording.SlotCount - path.RowEnd).Clear();
                TangentSweep<Plain>.Run(w);
                ROperator<Plain>.Run(w);
                new ReadOnlySpan<double>(w.BarDots, path.UniformCount).CopyTo(sums.BarDots[k]);
            }
        }
        finally
        {
            w.Return();
        }
    }

    private void Run(RowPoint point, int way, double[][] dots, RowSums sums)
    {
        Recording wide = point.Path.TakeWide();
        Workspace w = Workspace.Rent(wide);
        try
        {
            point.Values.CopyTo(new Span<double>(w.Values, point.Path.UniformCount));
            Pass pass = new(this, point.Path, way, w, dots, sums);
            if (!pass.TryRun())
            {
                _keep?.GiveUp();
                sums.Clear();
                pass.RunCarefully();
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

    /// <summary>One way's sweeps over the shard's rows.</summary>
    private ref struct Pass(RowShard shard, RowPath path, int way, Workspace w, double[][] dots, RowSums sums)
    {
        private readonly int _uniform = path.UniformCount;
        private readonly Span<byte> _failing = new byte[path.Width / Lanes.Count];
        private readonly int[] _tile = new int[path.Width];

        public double Value;

        public int OtherCount;

        /// <summary>Sums over all tiles in place. False if that left something not finite.</summary>
        public bool TryRun()
        {
            bool inPlace = dots.Length == 1;
            Begin();
            if (inPlace)
                BeginDirection(0, []);
            for (int start = 0; start < shard._count; start += path.Width)
            {
                int taking = Values(start);
                if (taking > 0 && shard._withBars)
                    Derivatives(taking, inPlace);
                shard._watch.Add(taking);
            }
            if (!shard._withBars)
                return true;
            Copy(w.Bars, sums.Bars);
            if (inPlace)
                Copy(w.BarDots, sums.BarDots[0]);
            return sums.IsFinite;
        }

        private readonly void Derivatives(int taking, bool inPlace)
        {
            Seed(taking);
            AdjointSweep<Plain>.Run(w);
            shard._keep?.Add(shard._index, way, path, w, taking);
            if (inPlace)
                Product<Plain>();
            for (int k = 0; !inPlace && k < dots.Length; k++)
            {
                shard._watch.Check();
                BeginDirection(k, sums.BarDots[k]);
                Product<Plain>();
                Copy(w.BarDots, sums.BarDots[k]);
            }
        }

        /// <summary>Tile by tile, those that are not finite with absolute zeros.</summary>
        public void RunCarefully()
        {
            (Value, OtherCount) = (0, 0);
            for (int start = 0; start < shard._count; start += path.Width)
            {
                int taking = Values(start);
                if (taking == 0)
                    continue;
                Begin();
                Seed(taking);
                AdjointSweep<Plain>.Run(w);
                if (!Adjoints.IsFinite(w.Bars, _uniform))
                {
                    Begin();
                    Seed(taking);
                    AdjointSweep<Absolute>.Run(w);
                }
                Add(w.Bars, sums.Bars);
                for (int k = 0; k < dots.Length; k++)
                    CarefulProduct(k);
            }
        }

        private void CarefulProduct(int k)
        {
            shard._watch.Check();
            BeginDirection(k, []);
            Product<Plain>();
            if (!Adjoints.IsFinite(w.BarDots, _uniform))
            {
                BeginDirection(k, []);
                Product<Absolute>();
            }
            Add(w.BarDots, sums.BarDots[k]);
        }

        private void Begin()
        {
            if (!shard._withBars)
                return;
            w.ReserveBars();
            new Span<double>(w.Bars, _uniform).Clear();
            if (dots.Length == 0)
                return;
            w.ReserveDots(1);
            w.ReserveBarDots(1);
        }

        // Goes on from the sum so far, or from zero.
        private readonly void BeginDirection(int k, ReadOnlySpan<double> sum)
        {
            dots[k].CopyTo(new Span<double>(w.Dots, _uniform));
            new Span<double>(w.BarDots, _uniform).Clear();
            sum.CopyTo(new Span<double>(w.BarDots, _uniform));
        }

        /// <summary>Loads a tile and computes its values; returns how many of its rows take the way, whose bits in the failing lanes are
        /// clear.</summary>
        private int Values(int start)
        {
            shard._watch.Check();
            int count = Math.Min(path.Width, shard._count - start);
            Span<int> tile = _tile.AsSpan(0, count);
            for (int lane = 0; lane < count; lane++)
                tile[lane] = shard._data.RowAt(shard._rows[start + lane]);
            Load(tile);
            int taking = count;
            if (path.FindFailing(w.Values, _failing))
            {
                int first = -1;
                taking = 0;
                for (int lane = 0; lane < count; lane++)
                {
                    if (Fails(lane))
                    {
                        Leave(shard._rows[start + lane]);
                        continue;
                    }
                    first = first < 0 ? lane : first;
                    taking++;
                }
                if (taking == 0)
                    return 0;
                if (taking < count)
                {
                    // Another row in its place, lest the way not taken leave infinities behind.
                    for (int lane = 0; lane < count; lane++)
                        tile[lane] = Fails(lane) ? tile[first] : tile[lane];
                    Load(tile);
                }
            }
            for (int lane = count; lane < path.Width; lane++)
                _failing[lane / Lanes.Count] |= (byte)(1 << lane % Lanes.Count);
            Value += Sum(taking);
            return taking;
        }

        private readonly void Load(ReadOnlySpan<int> tile)
        {
            RowTile.Load(shard._data.Rows, tile, path.Width, w.Values + path.Row);
            PrimalSweep.Run(w);
        }

        private void Leave(int row)
        {
            if (shard._others.Length == 0)
                shard._others = new int[shard._count];
            shard._others[OtherCount++] = row;
        }

        private readonly bool Fails(int lane) => (_failing[lane / Lanes.Count] >> lane % Lanes.Count & 1) != 0;

        private readonly double Sum(int taking)
        {
            if (!path.ResultVaries)
                return taking * (path.Result < 0 ? path.Constant : w.Values[path.Result]);
            Lanes sum = Lanes.Constant(0);
            for (int k = 0; k < _failing.Length; k++)
                sum += new Lanes(Vector512.ConditionalSelect(Mask(k), Vector512<double>.Zero, Vector512.Load(w.Values + path.Result + k * Lanes.Count)));
            return sum.Sum(Lanes.Count);
        }

        private readonly Vector512<double> Mask(int k) =>
            (~Vector512.Equals(Vector512.Create((long)_failing[k]) & Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128), Vector512<long>.Zero)).AsDouble();

        private readonly void Seed(int taking)
        {
            Clear(w.Bars);
            if (path.Result < 0)
                return;
            if (!path.ResultVaries)
            {
                w.Bars[path.Result] += taking;
                return;
            }
            for (int k = 0; k < _failing.Length; k++)
                Vector512.ConditionalSelect(Mask(k), Vector512<double>.Zero, Vector512<double>.One).Store(w.Bars + path.Result + k * Lanes.Count);
        }

        // What the wide instructions write; the rows have no derivative.
        private readonly void Clear(double* block) => new Span<double>(block + path.RowEnd, w.Recording.SlotCount - path.RowEnd).Clear();

        private readonly void Product<D>() where D : unmanaged, ITangent<D>
        {
            Clear(w.BarDots);
            TangentSweep<D>.Run(w);
            ROperator<D>.Run(w);
        }

        private readonly void Copy(double* from, double[] to) => new ReadOnlySpan<double>(from, _uniform).CopyTo(to);

        private readonly void Add(double* from, double[] to) => TensorPrimitives.Add(to, new ReadOnlySpan<double>(from, _uniform), to);
    }
}
