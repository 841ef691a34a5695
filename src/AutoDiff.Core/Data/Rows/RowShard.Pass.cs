using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

internal sealed unsafe partial class RowShard
{
    /// <summary>One way's sweeps over the shard's rows.</summary>
    private ref struct Pass(RowShard shard, RowPoint point, int way, Workspace w, double[][] dots, RowSums sums)
    {
        private readonly RowPath _path = point.Path;
        private double[][] _markedDots = [];
        private readonly int _uniform = point.Path.UniformCount;
        private readonly Span<byte> _failing = new byte[point.Path.Width / VectorWidth.Block];
        private readonly int[] _tile = new int[point.Path.Width];

        public double Value;

        public int OtherCount;

        /// <summary>Sums over all tiles in place. False if that left something not finite.</summary>
        public bool TryRun()
        {
            bool inPlace = dots.Length == 1;
            Begin<Plain>();
            if (inPlace)
                BeginDirection<Plain>(0, []);
            for (int start = 0; start < shard._count; start += _path.Width)
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
            return sums.IsFinite && double.IsFinite(Value);
        }

        private void Derivatives(int taking, bool inPlace)
        {
            Seed<Plain>(taking);
            AdjointSweep<Plain>.Run(w);
            shard._keep?.Add(shard._index, way, _path, w, taking);
            if (inPlace)
                Product<Plain>();
            for (int k = 0; !inPlace && k < dots.Length; k++)
            {
                shard._watch.Check();
                BeginDirection<Plain>(k, sums.BarDots[k]);
                Product<Plain>();
                Copy(w.BarDots, sums.BarDots[k]);
            }
        }

        /// <summary>Along a curve.</summary>
        public void Expand(RowCurve curve, RowSeries sums)
        {
            for (int start = 0; start < shard._count; start += _path.Width)
            {
                int taking = Values(start);
                if (taking > 0)
                    curve.Add(w.Recording, _failing, taking, sums);
                shard._watch.Add(taking);
            }
        }

        /// <summary>Tile by tile, those that are not finite with absolute zeros; or all of them, where the sums are to tell structural
        /// zeros.</summary>
        public void RunCarefully(bool marks)
        {
            (Value, OtherCount) = (0, 0);
            for (int start = 0; start < shard._count; start += _path.Width)
            {
                int taking = Values(start);
                if (taking == 0)
                    continue;
                w.BarsAreMarked = marks;
                if (!marks)
                {
                    Adjoints<Plain>(taking);
                    w.BarsAreMarked = !Finite.AreAll(w.Bars, _uniform) || !double.IsFinite(Value);
                }
                if (w.BarsAreMarked)
                    Adjoints<Absolute>(taking);
                Add(w.Bars, sums.Bars);
                for (int k = 0; k < dots.Length; k++)
                    CarefulProduct(k, taking);
            }
        }

        private readonly void Adjoints<D>(int taking) where D : unmanaged, ITangent<D>
        {
            Begin<D>();
            Seed<D>(taking);
            AdjointSweep<D>.Run(w);
        }

        private void CarefulProduct(int k, int taking)
        {
            shard._watch.Check();
            if (!w.BarsAreMarked)
            {
                BeginDirection<Plain>(k, []);
                Product<Plain>();
                if (Finite.AreAll(w.BarDots, _uniform))
                {
                    Add(w.BarDots, sums.BarDots[k]);
                    return;
                }
                w.BarsAreMarked = true;
                Adjoints<Absolute>(taking);
            }
            BeginDirection<Absolute>(k, []);
            Product<Absolute>();
            Add(w.BarDots, sums.BarDots[k]);
        }

        private readonly void Begin<D>() where D : unmanaged, ITangent<D>
        {
            if (!shard._withBars)
                return;
            w.ReserveBars();
            Zeros.Clear<D>(w.Bars, 0, _uniform);
            if (dots.Length == 0)
                return;
            w.ReserveDots(1);
            w.ReserveBarDots(1);
        }

        // Goes on from the sum so far, or from zero.
        private void BeginDirection<D>(int k, ReadOnlySpan<double> sum) where D : unmanaged, ITangent<D>
        {
            (typeof(D) == typeof(Absolute) ? MarkedDots[k] : dots[k]).CopyTo(new Span<double>(w.Dots, _uniform));
            Zeros.Clear<D>(w.BarDots, 0, _uniform);
            sum.CopyTo(new Span<double>(w.BarDots, _uniform));
        }

        private double[][] MarkedDots
        {
            get
            {
                if (_markedDots.Length == 0)
                    _markedDots = point.MarkedTangents(dots);
                return _markedDots;
            }
        }

        /// <summary>Loads a tile and computes its values; returns how many of its rows take the way, whose bits in the failing lanes are
        /// clear.</summary>
        private int Values(int start)
        {
            shard._watch.Check();
            int count = Math.Min(_path.Width, shard._count - start);
            Span<int> tile = _tile.AsSpan(0, count);
            for (int lane = 0; lane < count; lane++)
                tile[lane] = shard._data.RowAt(shard._rows[start + lane]);
            Load(tile);
            int taking = count;
            if (_path.FindFailing(w.Values, _failing))
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
            for (int lane = count; lane < _path.Width; lane++)
                _failing[lane / VectorWidth.Block] |= (byte)(1 << lane % VectorWidth.Block);
            Value += Sum(taking);
            return taking;
        }

        private readonly void Load(ReadOnlySpan<int> tile)
        {
            RowTile.Load(shard._data.Rows, tile, _path.Width, w.Values + _path.Row);
            PrimalSweep.Run(w);
        }

        private void Leave(int row)
        {
            if (shard._others.Length == 0)
                shard._others = new int[shard._count];
            shard._others[OtherCount++] = row;
        }

        private readonly bool Fails(int lane) => (_failing[lane / VectorWidth.Block] >> lane % VectorWidth.Block & 1) != 0;

        private readonly double Sum(int taking)
        {
            if (!_path.ResultVaries)
                return taking * (_path.Result < 0 ? _path.Constant : w.Values[_path.Result]);
            Vector512<double> sum = Vector512<double>.Zero;
            for (int k = 0; k < _failing.Length; k++)
                sum += Vector512.ConditionalSelect(
                    Mask(k), Vector512<double>.Zero, Vector512.Load(w.Values + _path.Result + k * VectorWidth.Block));
            return Lanes8.Sum(new Lanes8(sum), VectorWidth.Block);
        }

        private readonly Vector512<double> Mask(int k) =>
            (~Vector512.Equals(Vector512.Create((long)_failing[k]) & Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128),
                Vector512<long>.Zero)).AsDouble();

        private readonly void Seed<D>(int taking) where D : unmanaged, ITangent<D>
        {
            Clear<D>(w.Bars);
            if (_path.Result < 0)
                return;
            if (!_path.ResultVaries)
            {
                w.Bars[_path.Result] += taking;
                return;
            }
            Vector512<double> none = Vector512.Create(typeof(D) == typeof(Absolute) ? Zeros.Structural : 0);
            for (int k = 0; k < _failing.Length; k++)
                Vector512.ConditionalSelect(Mask(k), none, Vector512<double>.One).Store(w.Bars + _path.Result + k * VectorWidth.Block);
        }

        // What the wide instructions write; the rows have no derivative.
        private readonly void Clear<D>(double* block) where D : unmanaged, ITangent<D> =>
            Zeros.Clear<D>(block, _path.RowEnd, w.Recording.SlotCount - _path.RowEnd);

        private readonly void Product<D>() where D : unmanaged, ITangent<D>
        {
            Clear<D>(w.BarDots);
            SecondOrder.Sweep<D>(w);
        }

        private readonly void Copy(double* from, double[] to) => new ReadOnlySpan<double>(from, _uniform).CopyTo(to);

        private readonly void Add(double* from, double[] to) => TensorPrimitives.Add(to, new ReadOnlySpan<double>(from, _uniform), to);
    }
}
