using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Engine;

/// <summary>One operation of a pattern; an operand is an earlier one, a stream, or a constant that all instances share.</summary>
internal readonly record struct PatternNode(ushort Code, ScalarOperation Operation, PatternOperand X, PatternOperand Y);

/// <summary>An operand within a pattern.</summary>
internal readonly record struct PatternOperand(PatternOperand.Of Kind, int Index, double Value)
{
    internal enum Of : byte
    {
        Nothing,
        Node,
        Stream,
        Constant,
    }
}

/// <summary>
/// Gives every root its place: groups from the lowest level up, the roots of a group one after the other, its instances sorted by the
/// places of their operands. So operands become one number for long stretches, or numbers in succession.
/// </summary>
internal sealed unsafe class Layout
{
    /// <summary>Tiles may be read this far past their end.</summary>
    public const int Padding = 8;

    // Stretches shorter than this on average are not worth their beginning and end.
    private const int ShortestStretch = 24;

    private readonly Graph _graph;
    private readonly int[] _position;
    private readonly bool _sorts;
    private readonly List<double> _constants = [];
    private readonly Dictionary<string, PatternKernels> _kernels = [];
    private readonly Dictionary<(int Hash, int Length), int> _blocks = [];

    private Layout(Graph graph, bool sorts)
    {
        (_graph, _sorts) = (graph, sorts);
        _position = new int[graph.Count];
    }

    /// <summary>The number of slots of the arena.</summary>
    public int Length { get; private set; }

    public List<GroupPlan> Groups { get; } = [];

    public List<SumPlan> Sums { get; } = [];

    public double[] Constants { get; private set; } = [];

    public int PositionOf(int node) => _position[node];

    public static Layout Arrange(Graph graph, Patterns patterns, bool sorts)
    {
        Layout layout = new(graph, sorts);
        int slots = graph.Recording.SlotCount;
        for (int node = 0; node < slots; node++)
        {
            if (graph.IsLeaf(node))
                layout._position[node] = layout.Length++;
        }
        layout.Length += Padding;
        foreach (int sum in graph.Terms.Keys)
            layout._position[sum] = layout.Length++;
        foreach (Group group in patterns.Groups.OrderBy(g => g.Level))
            layout.Groups.Add(layout.Place(group));
        foreach ((int sum, int[] terms) in graph.Terms)
        {
            int[] stored = [.. terms.Where(t => graph.Uses[t] != 1 || graph.IsLeaf(t) || graph.Code[t] == Graph.Sum).Select(layout.PositionOf)];
            layout.Sums.Add(new SumPlan(patterns.Level[sum], layout._position[sum], stored));
        }
        layout.Constants = [.. layout._constants, .. new double[Padding]];
        layout.Length += Padding;
        return layout;
    }

    private GroupPlan Place(Group group)
    {
        int size = group.Size, count = group.Count;
        List<(int Place, bool Second)> leaves = [], constants = [];
        PatternNode[] nodes = new PatternNode[size];
        PatternOperand[][] operands = [new PatternOperand[size], new PatternOperand[size]];
        Dictionary<int, int> placeOf = [];
        for (int k = 0; k < size; k++)
        {
            int node = group.Nodes[k];
            operands[0][k] = Describe(_graph.A[node], k, false);
            operands[1][k] = Describe(_graph.B[node], k, true);
            placeOf[node] = k;
        }

        PatternOperand Describe(int operand, int place, bool second)
        {
            if (operand == Graph.None)
                return default;
            if (operand < 0)
            {
                constants.Add((place, second));
                return new(PatternOperand.Of.Constant, constants.Count - 1, 0);
            }
            if (placeOf.TryGetValue(operand, out int inside))
                return new(PatternOperand.Of.Node, inside, 0);
            leaves.Add((place, second));
            return new(PatternOperand.Of.Stream, leaves.Count - 1, 0);
        }

        int[] order = Sort(group, leaves);
        List<Stream> streams = [];
        Dictionary<ulong, List<int>> byHash = [];
        int[] streamOfLeaf = [.. leaves.Select(leaf => AddStream(Column(group, order, leaf), false, _graph.Code[Operand(group, 0, leaf)] != Graph.Datum))];
        int[] segments = Segments(streams, count);
        PatternOperand[] constantOperands = [.. constants.Select(Constant)];
        for (int k = 0; k < size; k++)
        {
            ushort code = _graph.Code[group.Nodes[k]];
            nodes[k] = new PatternNode(code, (ScalarOperation)Operation.Get(code), Resolve(operands[0][k]), Resolve(operands[1][k]));
        }

        PatternOperand Resolve(PatternOperand operand) => operand.Kind switch
        {
            PatternOperand.Of.Stream => operand with { Index = streamOfLeaf[operand.Index] },
            PatternOperand.Of.Constant => constantOperands[operand.Index],
            _ => operand,
        };

        // A constant that all instances share becomes part of the pattern; others are a stream of their own. A zero stays a stream: a
        // formula drops what it multiplies, which the value must not.
        PatternOperand Constant((int Place, bool Second) hole)
        {
            double[] values = new double[count];
            for (int i = 0; i < count; i++)
                values[i] = _graph.Recording.Constants[~Operand(group, order[i], hole)];
            if (values[0] != 0 && !values.AsSpan().ContainsAnyExcept(values[0]))
                return new(PatternOperand.Of.Constant, 0, values[0]);
            int[] positions = new int[count];
            for (int k = 0; k + 1 < segments.Length; k++)
            {
                int length = segments[k + 1] - segments[k], first = Block(values.AsSpan(segments[k], length));
                for (int i = 0; i < length; i++)
                    positions[segments[k] + i] = first + i;
            }
            return new(PatternOperand.Of.Stream, AddStream(positions, true, false), 0);
        }

        // Equal streams are one.
        int AddStream(int[] positions, bool isConstant, bool isActive)
        {
            HashCode hash = new();
            hash.AddBytes(MemoryMarshal.AsBytes(positions.AsSpan()));
            List<int> candidates = CollectionsMarshal.GetValueRefOrAddDefault(byHash, (ulong)(uint)hash.ToHashCode(), out _) ??= [];
            foreach (int candidate in candidates)
            {
                if (streams[candidate].IsConstant == isConstant && streams[candidate].Positions.AsSpan().SequenceEqual(positions))
                    return candidate;
            }
            candidates.Add(streams.Count);
            streams.Add(new Stream(positions, isActive, isConstant));
            return streams.Count - 1;
        }

        int[] roots = new int[count];
        if (group.Sum >= 0)
        {
            roots.AsSpan().Fill(_position[group.Sum]);
        }
        else
        {
            for (int i = 0; i < count; i++)
                roots[i] = _position[group.Nodes[order[i] * size + size - 1]] = Length + i;
            Length += (count + Padding - 1) / Padding * Padding + Padding;
        }
        Stream root = new(roots, true, false);
        foreach (Stream stream in streams.Append(root))
            stream.Divide(segments);
        return new GroupPlan(group.Level, group.KnownAdjoint, group.Sum >= 0, nodes, [.. streams], root, segments, _kernels);
    }

    // Where a block of constants stands; equal ones stand in one place.
    private int Block(ReadOnlySpan<double> values)
    {
        HashCode hash = new();
        hash.AddBytes(MemoryMarshal.AsBytes(values));
        ref int first = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, (hash.ToHashCode(), values.Length), out bool exists);
        ReadOnlySpan<double> there = CollectionsMarshal.AsSpan(_constants);
        if (!exists || !MemoryMarshal.AsBytes(there.Slice(first, values.Length)).SequenceEqual(MemoryMarshal.AsBytes(values)))
        {
            first = _constants.Count;
            _constants.AddRange(values);
        }
        return first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Operand(Group group, int instance, (int Place, bool Second) hole)
    {
        int node = group.Nodes[instance * group.Size + hole.Place];
        return hole.Second ? _graph.B[node] : _graph.A[node];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Column(Group group, int[] order, (int, bool) leaf)
    {
        int[] positions = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            positions[i] = _position[Operand(group, order[i], leaf)];
        return positions;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Sort(Group group, List<(int Place, bool Second)> leaves)
    {
        int width = leaves.Count;
        int[] keys = new int[group.Count * width], order = [.. Enumerable.Range(0, group.Count)];
        if (!_sorts)
            return order;
        for (int i = 0; i < group.Count; i++)
        {
            for (int k = 0; k < width; k++)
                keys[i * width + k] = _position[Operand(group, i, leaves[k])];
        }
        int sorted = 1;
        while (sorted < order.Length && Compare(sorted - 1, sorted) <= 0)
            sorted++;
        if (sorted < order.Length)
            Array.Sort(order, Compare);
        return order;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        int Compare(int i, int j)
        {
            int difference = keys.AsSpan(i * width, width).SequenceCompareTo(keys.AsSpan(j * width, width));
            return difference != 0 ? difference : i.CompareTo(j);
        }
    }

    // The instances at which segments begin, and the last one's end: wherever a stream that has few stretches begins another.
    private static int[] Segments(List<Stream> streams, int count)
    {
        SortedSet<int> starts = [0];
        int most = count / ShortestStretch;
        foreach (Stream stream in streams)
        {
            List<int> breaks = stream.Breaks(most);
            if (breaks.Count <= most)
                starts.UnionWith(breaks);
        }
        if (starts.Count > 1 + 2 * most)
            starts = [0];
        return [.. starts, count];
    }
}
