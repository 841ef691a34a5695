using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Engine;

/// <summary>Cones that are the same expression of different operands, and can run side by side.</summary>
internal sealed class Group(ulong shape, int level, int sum, double knownAdjoint, int size)
{
    /// <summary>The hash of the expression.</summary>
    public readonly ulong Shape = shape;

    /// <summary>Groups of one level need nothing of one another.</summary>
    public readonly int Level = level;

    /// <summary>The sum whose terms all roots are, and nothing else; -1 if they are stored.</summary>
    public readonly int Sum = sum;

    /// <summary>The roots' adjoint, if it is the same at every point; otherwise NaN.</summary>
    public readonly double KnownAdjoint = knownAdjoint;

    /// <summary>How many nodes an instance has.</summary>
    public readonly int Size = size;

    /// <summary>How many instances there are.</summary>
    public int Count;

    /// <summary>The nodes, instance by instance; the last of each is its root.</summary>
    public int[] Nodes = [];
}

/// <summary>Finds the loops again: cones with equal operations in equal order, at one level, leaves and constants left open.</summary>
internal sealed class Patterns
{
    public readonly List<Group> Groups = [];

    private const int MostGroups = 1 << 15;

    // What an operand is to its cone: a node of it, by its place, or one of these.
    private const ushort Nothing = 0xFFFF, Constant = 0xFFFE, Datum = 0xFFFD, Active = 0xFFFC;

    private readonly record struct Key(ulong Hash, int Level, int Sum, long KnownAdjoint);

    private readonly Graph _graph;
    private readonly Dictionary<ulong, long> _instances = [];

    // By node: the how-manieth of its cone it is.
    private readonly ushort[] _place;

    // By cone: 1 above all that it needs; its group, and which instance it is there.
    private readonly int[] _level, _group, _instance;

    private Patterns(Graph graph)
    {
        _graph = graph;
        _place = new ushort[graph.Count];
        (_level, _group, _instance) = (new int[graph.Roots.Length], new int[graph.Roots.Length], new int[graph.Roots.Length]);
    }

    /// <summary>The groups; null if there is no regularity worth while, or two expressions had one hash.</summary>
    public static Patterns? Find(Graph graph)
    {
        Patterns found = new(graph);
        return found.FindGroups() && found.FindNodes() ? found : null;
    }

    /// <summary>How many instances groups of the same expression have together.</summary>
    public long InstancesLike(Group group) => _instances[group.Shape];

    /// <summary>1 above all that a root or sum needs.</summary>
    public int LevelOf(int node) => _graph.Cone[node] is >= 0 and int cone ? _level[cone] : 0;

    /// <summary>The place of an operand within the expression; -1 if it is not a part of it.</summary>
    public int PlaceOf(int operand, int node) => Shape(operand, _graph.Cone[node]) is < Active and ushort place ? place : -1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    private bool FindGroups()
    {
        Graph graph = _graph;
        int[] size = new int[_level.Length], sumOf = new int[_level.Length];
        ulong[] hash = new ulong[_level.Length];
        sumOf.AsSpan().Fill(-1);
        foreach ((int sum, int[] terms) in graph.Terms)
        {
            foreach (int term in terms)
            {
                if (graph.Cone[term] is >= 0 and int cone && graph.Uses[term] == 1)
                    sumOf[cone] = sum;
            }
        }
        Dictionary<Key, int> known = [];
        for (int node = 0; node < graph.Count; node++)
        {
            int cone = graph.Cone[node];
            if (cone < 0)
                continue;
            if (graph.Code[node] == Graph.Sum)
            {
                foreach (int term in graph.Terms[node])
                    _level[cone] = Math.Max(_level[cone], LevelOf(term) + 1);
                continue;
            }
            _place[node] = (ushort)size[cone]++;
            hash[cone] = Mix(hash[cone], Shape(node, cone, out int level));
            _level[cone] = Math.Max(_level[cone], level);
            if (node != graph.Roots[cone])
                continue;
            double adjoint = graph.KnownAdjoint[node];
            Key key = new(Mix(hash[cone], (ulong)size[cone]), _level[cone], sumOf[cone], BitConverter.DoubleToInt64Bits(adjoint));
            ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(known, key, out bool exists);
            if (!exists)
            {
                index = Groups.Count;
                Groups.Add(new Group(key.Hash, key.Level, key.Sum, adjoint, size[cone]));
                if (Groups.Count > MostGroups)
                    return false;
            }
            _group[cone] = index;
            _instance[cone] = Groups[index].Count++;
        }
        foreach (Group group in Groups)
            CollectionsMarshal.GetValueRefOrAddDefault(_instances, group.Shape, out _) += group.Count;
        return true;
    }

    // Gathers the nodes of the groups; false if one is not what its group's others in its place are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    private bool FindNodes()
    {
        Graph graph = _graph;
        ulong[][] shapes = new ulong[Groups.Count][];
        for (int g = 0; g < shapes.Length; g++)
        {
            Groups[g].Nodes = new int[(long)Groups[g].Count * Groups[g].Size];
            shapes[g] = new ulong[Groups[g].Size];
        }
        for (int node = 0; node < graph.Count; node++)
        {
            int cone = graph.Cone[node];
            if (cone < 0 || graph.Code[node] == Graph.Sum)
                continue;
            Group group = Groups[_group[cone]];
            int place = _place[node];
            group.Nodes[_instance[cone] * group.Size + place] = node;
            ref ulong expected = ref shapes[_group[cone]][place];
            ulong shape = Shape(node, cone, out _);
            if (expected == 0)
                expected = shape;
            if (expected != shape)
                return false;
        }
        return true;
    }

    // The operation and what its operands are to the cone; never 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Shape(int node, int cone, out int level)
    {
        (int a, int b) = (_graph.A[node], _graph.B[node]);
        ushort x = Shape(a, cone), y = Shape(b, cone);
        level = Math.Max(x is Active or Datum ? LevelOf(a) + 1 : 0, y is Active or Datum ? LevelOf(b) + 1 : 0);
        return _graph.Code[node] | (ulong)x << 16 | (ulong)y << 32 | 1UL << 48;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort Shape(int operand, int cone)
    {
        if (operand < 0)
            return operand == Graph.None ? Nothing : Constant;
        if (_graph.Cone[operand] == cone)
            return _place[operand];
        return _graph.Code[operand] == Graph.Datum ? Datum : Active;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong hash, ulong item)
    {
        hash = (hash ^ item) * 0x9E3779B97F4A7C15;
        return hash ^ hash >> 32;
    }
}
