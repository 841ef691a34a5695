using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.FirstOrder;

/// <summary>Mini-batches in the order of a seeded shuffle, whose place a checkpoint keeps in three numbers.</summary>
internal sealed class BatchOrder
{
    private readonly DataObjective _data;
    private readonly int _size, _fullEvery;
    private readonly int[] _rows;
    private RandomStream _random;
    private ulong _epochState;
    private int _position, _epochs;

    public BatchOrder(DataObjective data, MiniBatches batches, ulong seed)
    {
        if (data.RowCount == 0)
            throw new ArgumentException("The objective has no rows to take mini-batches of: give it data, or leave Batches null.", "f");
        _data = data;
        _size = batches.Size;
        _fullEvery = batches.FullEvery;
        _rows = new int[data.RowCount];
        _random = RandomStream.Of(seed, RandomStreams.Batches);
        BeginEpoch();
    }

    /// <summary>The number of batches between two evaluations over all rows.</summary>
    public long Period => (long)_data.BatchesPerEpoch(_size) * _fullEvery;

    /// <summary>Whether the batches taken since <see cref="Reset"/> make up the epochs after which f is to be evaluated over all
    /// rows.</summary>
    public bool IsDue => _position == 0 && _epochs == 0;

    /// <summary>Drops what is left of an epoch and begins another.</summary>
    public void Reset()
    {
        _epochs = 0;
        BeginEpoch();
    }

    /// <summary>The next batch's estimate of ∇f(x); returns that of f(x).</summary>
    public double NextGradient(Oracle oracle, ReadOnlySpan<double> x, Span<double> gradient)
    {
        int count = Math.Min(_size, _rows.Length - _position);
        double scale = RowSampling.Scale(_data, count),
            value = oracle.BatchGradient(_data.Batch(_rows.AsSpan(_position, count)), x, gradient);
        if (scale != 1)
            Vectors.Scale(scale, gradient, gradient);
        _position += count;
        if (_position == _rows.Length)
        {
            _epochs = (_epochs + 1) % _fullEvery;
            BeginEpoch();
        }
        return scale * value;
    }

    public void Store(StateWriter state)
    {
        state.Write(_epochState);
        state.Write((long)_position);
        state.Write((long)_epochs);
    }

    public void Restore(StateReader state)
    {
        _random.State = state.ReadULong();
        BeginEpoch();
        _position = state.ReadInt();
        _epochs = state.ReadInt();
    }

    // Each epoch shuffles the rows in their natural order, so that the generator's state is all there is to keep.
    private void BeginEpoch()
    {
        _epochState = _random.State;
        _position = 0;
        for (int i = 0; i < _rows.Length; i++)
            _rows[i] = i;
        RowSampling.Shuffle(_rows, _rows.Length, ref _random);
    }
}
