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

    private readonly Graph _graph;
    private readonly Patterns _patterns;
    private readonly int[] _position;
    private readonly bool _sorts;
    private readonly List<double> _constants = [];
    private readonly KnownPatterns _known = new();
    private readonly Dictionary<(int Hash, int Length), int> _blocks = [];

    // What a group is taken apart into, one after the other: where its operands from outside stand, and its constants.
    private readonly List<Hole> _leaves = [], _holes = [];
    private readonly OperandColumns _columns = new();
    private readonly Segmentation _segmentation = new();
    private readonly List<Stream> _streams = [];
    private readonly List<PatternOperand> _constantOperands = [];
    private double[] _values = [];

    private readonly record struct Hole(int Place, bool IsSecond);

    private Layout(Graph graph, Patterns patterns, bool sorts)
    {
        (_graph, _patterns, _sorts) = (graph, patterns, sorts);
        _position = new int[graph.Count];
    }

    /// <summary>The number of slots of the arena.</summary>
    public int Length { get; private set; }

    public List<GroupPlan> Groups { get; } = [];

    public List<SumPlan> Sums { get; } = [];

    public double[] Constants { get; private set; } = [];

    public int PositionOf(int node) => _position[node];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    public static Layout Arrange(Graph graph, Patterns patterns, bool sorts)
    {
        Layout layout = new(graph, patterns, sorts);
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
            ILookup<bool, int> stored = terms.Where(t => graph.Uses[t] != 1 || graph.IsLeaf(t) || graph.Code[t] == Graph.Sum)
                .ToLookup(t => graph.Code[t] == Graph.Datum, layout.PositionOf);
            layout.Sums.Add(new SumPlan(patterns.LevelOf(sum), layout._position[sum], [.. stored[false]], [.. stored[true]]));
        }
        layout.Constants = [.. layout._constants, .. new double[Padding]];
        layout.Length += Padding;
        return layout;
    }

    private GroupPlan Place(Group group)
    {
        PatternNode[] nodes = Describe(group);
        Gather(group);
        if (_sorts)
            _columns.Sort();
        _streams.Clear();
        for (int k = 0; k < _columns.DistinctCount; k++)
        {
            int column = _columns.DistinctColumn(k);
            _streams.Add(new Stream(_columns.InOrder(column), _graph.Code[Operand(group, 0, _leaves[column])] != Graph.Datum, false));
        }
        int[] segments = _segmentation.Divide(CollectionsMarshal.AsSpan(_streams), group.Count);
        _constantOperands.Clear();
        foreach (Hole hole in _holes)
            _constantOperands.Add(Constant(group, hole, segments));
        foreach (ref PatternNode node in nodes.AsSpan())
            node = node with { X = Resolve(node.X), Y = Resolve(node.Y) };
        Stream root = new(PlaceRoots(group), true, false);
        foreach (Stream stream in _streams)
            stream.Divide(segments);
        root.Divide(segments);
        return new GroupPlan(group.Level, group.KnownAdjoint, group.Sum >= 0, nodes, [.. _streams], root, segments, _known);
    }

    // The first instance's operations, with operands from outside and constants by their number among the leaves and holes.
    private PatternNode[] Describe(Group group)
    {
        _leaves.Clear();
        _holes.Clear();
        PatternNode[] nodes = new PatternNode[group.Size];
        for (int k = 0; k < nodes.Length; k++)
        {
            int node = group.Nodes[k];
            ushort code = _graph.Code[node];
            nodes[k] = new PatternNode(
                code, (ScalarOperation)Operation.Get(code), Describe(_graph.A[node], node, new(k, false)),
                Describe(_graph.B[node], node, new(k, true)));
        }
        return nodes;
    }

    private PatternOperand Describe(int operand, int node, Hole hole)
    {
        if (operand == Graph.None)
            return default;
        if (operand < 0)
        {
            _holes.Add(hole);
            return new(PatternOperand.Of.Constant, _holes.Count - 1, 0);
        }
        if (_patterns.PlaceOf(operand, node) is >= 0 and int place)
            return new(PatternOperand.Of.Node, place, 0);
        _leaves.Add(hole);
        return new(PatternOperand.Of.Stream, _leaves.Count - 1, 0);
    }

    private PatternOperand Resolve(PatternOperand operand) => operand.Kind switch
    {
        PatternOperand.Of.Stream => operand with { Index = _columns.NumberOf(operand.Index) },
        PatternOperand.Of.Constant => _constantOperands[operand.Index],
        _ => operand,
    };

    // Fills in a column for each leaf.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(Group group)
    {
        const int block = 64; // Instances of which the nodes stay in the cache.
        _columns.Begin(_leaves.Count, group.Count);
        for (int start = 0; start < group.Count; start += block)
        {
            int end = Math.Min(start + block, group.Count);
            for (int k = 0; k < _leaves.Count; k++)
            {
                Span<int> column = _columns[k];
                Hole leaf = _leaves[k];
                for (int i = start; i < end; i++)
                    column[i] = _position[Operand(group, i, leaf)];
            }
        }
        _columns.Merge(_leaves.Count);
    }

    // A constant that all instances share becomes part of the pattern; others are a stream of their own. A zero stays a stream: a
    // formula drops what it multiplies, which the value must not.
    private PatternOperand Constant(Group group, Hole hole, int[] segments)
    {
        double[] constants = ConstantsOf(group, hole);
        ReadOnlySpan<double> values = constants.AsSpan(0, group.Count);
        if (values[0] != 0 && !values.ContainsAnyExcept(values[0]))
            return new(PatternOperand.Of.Constant, 0, values[0]);
        int[] positions = new int[values.Length];
        for (int s = 0; s + 1 < segments.Length; s++)
        {
            int first = Block(values[segments[s]..segments[s + 1]]);
            for (int i = segments[s]; i < segments[s + 1]; i++)
                positions[i] = first + i - segments[s];
        }
        int number = _streams.FindIndex(_columns.DistinctCount, s => s.Positions.AsSpan().SequenceEqual(positions));
        if (number < 0)
        {
            number = _streams.Count;
            _streams.Add(new Stream(positions, false, true));
        }
        return new(PatternOperand.Of.Stream, number, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] ConstantsOf(Group group, Hole hole)
    {
        ReadOnlySpan<int> order = _columns.Order;
        if (_values.Length < order.Length)
            _values = new double[order.Length];
        double* constants = _graph.Recording.Constants;
        for (int i = 0; i < order.Length; i++)
            _values[i] = constants[~Operand(group, order[i], hole)];
        return _values;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    private int[] PlaceRoots(Group group)
    {
        int[] places = new int[group.Count];
        if (group.Sum >= 0)
        {
            places.AsSpan().Fill(_position[group.Sum]);
            return places;
        }
        ReadOnlySpan<int> order = _columns.Order;
        for (int i = 0; i < places.Length; i++)
            places[i] = _position[group.Nodes[order[i] * group.Size + group.Size - 1]] = Length + i;
        Length += (group.Count + Padding - 1) / Padding * Padding + Padding;
        return places;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Operand(Group group, int instance, Hole hole)
    {
        int node = group.Nodes[instance * group.Size + hole.Place];
        return hole.IsSecond ? _graph.B[node] : _graph.A[node];
    }
}
