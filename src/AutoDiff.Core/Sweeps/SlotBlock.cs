namespace AutoDiff.Engine;

/// <summary>
/// The numbers of an interpreter by slot, from a first slot on. Slots before it belong to an enclosing computation: their values are given, and what is
/// added to their adjoints is dropped, since to the inner differentiation they are constants. So are those of its own that are told not to depend on its inputs.
/// </summary>
internal sealed class SlotBlock<T>(int first, int end, Func<int, T>? outside, bool[]? dependent = null)
{
    private readonly T[] _items = new T[end - first];
    private readonly T[] _scrap = new T[1];

    /// <summary>Whether a slot is a variable, not a constant, to the computation.</summary>
    public bool IsVariable(int slot) => slot >= first && (dependent is null || dependent[slot - first]);

    public ref T this[int slot]
    {
        get
        {
            if (slot >= first)
                return ref _items[slot - first];
            _scrap[0] = outside is null ? default! : outside(slot);
            return ref _scrap[0];
        }
    }

    public Span<T> AsSpan(int slot, int length)
    {
        if (slot >= first)
            return _items.AsSpan(slot - first, length);
        T[] copy = new T[length];
        for (int i = 0; outside is not null && i < length; i++)
            copy[i] = outside(slot + i);
        return copy;
    }
}
