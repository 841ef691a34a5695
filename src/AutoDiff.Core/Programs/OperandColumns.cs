using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Engine;

/// <summary>
/// The operands that the instances of a group take from outside: a column for each operand of the pattern, with a position for each
/// instance. Equal columns are one. The memory serves one group after the other.
/// </summary>
internal sealed class OperandColumns
{
    private int[] _positions = [], _order = [];
    private ulong[] _keys = [];
    private int _instances, _first;
    private readonly HashSet<int> _seen = [];
    private readonly List<int> _numbers = [], _distinct = [];
    private readonly Dictionary<ulong, int> _byHash = [];

    /// <summary>The number of different columns.</summary>
    public int DistinctCount => _distinct.Count;

    /// <summary>The instances by the positions of their operands, in the first column, where these are equal in the second, and so
    /// on.</summary>
    public ReadOnlySpan<int> Order => _order.AsSpan(0, _instances);

    /// <summary>Whether that is the order in which they were found.</summary>
    public bool IsInOrder { get; private set; }

    /// <summary>A column by its number among all, to be filled in.</summary>
    public Span<int> this[int column] => _positions.AsSpan(column * _instances, _instances);

    /// <summary>Which of the different columns a column is.</summary>
    public int NumberOf(int column) => _numbers[column];

    /// <summary>The column of all that the others of this number are equal to.</summary>
    public int DistinctColumn(int number) => _distinct[number];

    /// <summary>Makes room for columns of so many instances.</summary>
    public void Begin(int columns, int instances)
    {
        _instances = instances;
        IsInOrder = true;
        if (_positions.Length < columns * (long)instances)
            _positions = GC.AllocateUninitializedArray<int>(checked(columns * instances));
        if (_order.Length < instances)
            (_order, _keys) = (new int[instances], new ulong[instances]);
        for (int i = 0; i < instances; i++)
            _order[i] = i;
    }

    /// <summary>Finds the columns that are equal, once they are filled in.</summary>
    public void Merge(int columns)
    {
        _numbers.Clear();
        _distinct.Clear();
        _byHash.Clear();
        for (int column = 0; column < columns; column++)
            _numbers.Add(Find(column));
    }

    private int Find(int column)
    {
        ReadOnlySpan<int> positions = this[column];
        for (ulong hash = SampleHash(positions); ; hash++)
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_byHash, hash, out bool exists);
            if (!exists)
            {
                number = _distinct.Count;
                _distinct.Add(column);
                return number;
            }
            if (this[_distinct[number]].SequenceEqual(positions))
                return number;
        }
    }

    // Of a few positions only: whether columns are equal is compared in full.
    private static ulong SampleHash(ReadOnlySpan<int> positions)
    {
        ulong hash = 0;
        int step = 1 + positions.Length / 8;
        for (int i = 0; i < positions.Length; i += step)
            hash = (hash ^ (uint)positions[i]) * 0x9E3779B97F4A7C15;
        return (hash ^ (uint)positions[^1]) * 0x9E3779B97F4A7C15;
    }

    /// <summary>A column's positions by the order of instances.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int[] InOrder(int column)
    {
        ReadOnlySpan<int> positions = this[column];
        if (IsInOrder)
            return positions.ToArray();
        int[] ordered = GC.AllocateUninitializedArray<int>(_instances);
        for (int i = 0; i < ordered.Length; i++)
            ordered[i] = positions[_order[i]];
        return ordered;
    }

    /// <summary>
    /// Finds the <see cref="Order"/>: by the first column first, unless the positions then jump about and another one is the better first:
    /// the one with the most different positions, which tells interleaved instances apart (the two coordinates of one point, say).
    /// </summary>
    public void Sort()
    {
        _first = 0;
        Sort(0, _instances, 0);
        if (_instances < 2 * Segmentation.ShortestStretch)
            return; // Too few to be divided.
        long jumps = CountJumps();
        if (jumps * Segmentation.ShortestStretch <= _distinct.Count * (long)_instances)
            return;
        _first = FindMostVaried();
        if (_first == 0)
            return;
        (int[] order, bool isInOrder) = (Order.ToArray(), IsInOrder);
        Sort(0, _instances, 0);
        if (CountJumps() < jumps)
            return;
        order.CopyTo(_order, 0);
        IsInOrder = isInOrder;
    }

    // Which column comes in a place of the order.
    private int Ranked(int rank) => _distinct[rank == 0 ? _first : rank <= _first ? rank - 1 : rank];

    // How often a position neither stays nor is the next one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long CountJumps()
    {
        long jumps = 0;
        foreach (int column in _distinct)
        {
            ReadOnlySpan<int> positions = this[column];
            int last = positions[_order[0]];
            for (int i = 1; i < _instances; i++)
            {
                int position = positions[_order[i]];
                jumps += (uint)(position - last) > 1 ? 1 : 0;
                last = position;
            }
        }
        return jumps;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindMostVaried()
    {
        (int most, int best) = (0, 0);
        for (int number = 0; number < _distinct.Count; number++)
        {
            _seen.Clear();
            foreach (int position in this[_distinct[number]])
                _seen.Add(position);
            if (_seen.Count > most)
                (most, best) = (_seen.Count, number);
        }
        return best;
    }

    // The instances from start to end, which agree in the columns so far, by the rest of their columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sort(int start, int end, int rank)
    {
        for (; rank < _distinct.Count; rank++)
        {
            ReadOnlySpan<int> positions = this[Ranked(rank)];
            if (!IsSorted(positions, start, end))
                SortBy(positions, start, end);
            if (positions[_order[start]] == positions[_order[end - 1]])
                continue;
            for (int next = start + 1; start < end; start = next++)
            {
                while (next < end && positions[_order[next]] == positions[_order[start]])
                    next++;
                if (next - start > 1)
                    Sort(start, next, rank + 1);
            }
            return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsSorted(ReadOnlySpan<int> positions, int start, int end)
    {
        int last = -1;
        for (int i = start; i < end; i++)
        {
            int position = positions[_order[i]];
            if (position < last)
                return false;
            last = position;
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SortBy(ReadOnlySpan<int> positions, int start, int end)
    {
        IsInOrder = false;
        for (int i = start; i < end; i++)
            _keys[i] = (ulong)positions[_order[i]] << 32 | (uint)_order[i];
        _keys.AsSpan(start, end - start).Sort();
        for (int i = start; i < end; i++)
            _order[i] = (int)(uint)_keys[i];
    }
}
