using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using AutoDiff.Kernels;

namespace AutoDiff.Engine;

internal sealed unsafe partial class RowShard
{
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

        /// <summary>Along a curve.</summary>
        public void Expand(RowCurve curve, RowSeries sums)
        {
            for (int start = 0; start < shard._count; start += path.Width)
            {
                int taking = Values(start);
                if (taking > 0)
                    curve.Add(w.Recording, _failing, taking, sums);
                shard._watch.Add(taking);
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
                if (!Finite.AreAll(w.Bars, _uniform))
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
            if (!Finite.AreAll(w.BarDots, _uniform))
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
