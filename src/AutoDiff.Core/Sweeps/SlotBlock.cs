using System.Buffers;

namespace AutoDiff.Engine;

/// <summary>
/// The numbers of an interpreter by slot, from a first slot on. Slots before it belong to an enclosing computation: their values are given,
/// and what is added to their adjoints is dropped, since to the inner differentiation they are constants. So are those of its own that are
/// told not to depend on its inputs.
/// </summary>
internal sealed class SlotBlock<T>(int first, int end, Func<int, T>? outside, bool[]? dependent = null, T empty = default!)
{
    // From a pool and not cleared, since of a large block often little is used; an item is empty until it is.
    private readonly T[] _items = ArrayPool<T>.Shared.Rent(end - first);
    private readonly bool[] _used = new bool[end - first];
    private readonly T[] _scrap = new T[1];

    /// <summary>Whether a slot is a variable, not a constant, to the computation.</summary>
    public bool IsVariable(int slot) => slot >= first && (dependent is null || dependent[slot - first]);

    public ref T this[int slot]
    {
        get
        {
            if (slot >= first)
                return ref Use(slot - first);
            _scrap[0] = outside is null ? default! : outside(slot);
            return ref _scrap[0];
        }
    }

    public Span<T> AsSpan(int slot, int length)
    {
        if (slot >= first)
        {
            for (int i = 0; i < length; i++)
                Use(slot - first + i);
            return _items.AsSpan(slot - first, length);
        }
        T[] copy = new T[length];
        for (int i = 0; outside is not null && i < length; i++)
            copy[i] = outside(slot + i);
        return copy;
    }

    /// <summary>Which of its slots, from <paramref name="slot"/> on, have been used.</summary>
    public ReadOnlySpan<bool> Used(int slot, int length) => _used.AsSpan(slot - first, length);

    /// <summary>Gives the memory back; the block is not to be used after this.</summary>
    public void Release()
    {
        // What was used may refer to a recorder, which the pool is not to keep.
        for (int i = 0; i < _used.Length; i++)
        {
            if (_used[i])
                _items[i] = default!;
        }
        ArrayPool<T>.Shared.Return(_items);
    }

    private ref T Use(int index)
    {
        ref T item = ref _items[index];
        if (!_used[index])
            item = empty;
        _used[index] = true;
        return ref item;
    }
}
