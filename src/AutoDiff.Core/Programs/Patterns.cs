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

    /// <summary>By root or sum: 1 above all that it needs.</summary>
    public readonly int[] Level;

    private readonly record struct Key(ulong Hash, int Level, int Sum, long KnownAdjoint);

    private readonly Dictionary<ulong, long> _instances = [];

    /// <summary>How many instances groups of the same expression have together.</summary>
    public long InstancesLike(Group group) => _instances[group.Shape];

    private Patterns(int nodes) => Level = new int[nodes];

    /// <summary>The groups; null if there is no regularity worth while, or two expressions had one hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    public static Patterns? Find(Graph graph)
    {
        Patterns found = new(graph.Count);
        int[] level = found.Level, size = new int[graph.Count], place = new int[graph.Count], group = new int[graph.Count], sumOf = new int[graph.Count];
        ulong[] hash = new ulong[graph.Count];
        foreach ((int sum, int[] terms) in graph.Terms)
        {
            foreach (int term in terms)
                sumOf[term] = graph.Uses[term] == 1 ? sum + 1 : 0;
        }
        Dictionary<Key, int> known = [];
        for (int node = 0; node < graph.Count; node++)
        {
            int root = graph.Root[node];
            if (root < 0 || graph.Code[node] is Graph.Unused or >= Graph.Datum)
                continue;
            if (graph.Code[node] == Graph.Sum)
            {
                foreach (int term in graph.Terms[node])
                    level[node] = Math.Max(level[node], level[term] + 1);
                continue;
            }
            place[node] = size[root]++;
            ulong h = Mix(hash[root], graph.Code[node]);
            h = Mix(h, Shape(graph.A[node]));
            h = Mix(h, Shape(graph.B[node]));
            hash[root] = h;
            if (node != root)
                continue;
            double adjoint = graph.KnownAdjoint[node];
            Key key = new(Mix(h, (ulong)size[node]), level[node], sumOf[node] - 1, BitConverter.DoubleToInt64Bits(adjoint));
            ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(known, key, out bool exists);
            if (!exists)
            {
                index = found.Groups.Count;
                found.Groups.Add(new Group(key.Hash, level[node], sumOf[node] - 1, adjoint, size[node]));
                if (found.Groups.Count > MostGroups)
                    return null;
            }
            group[node] = index;
            hash[node] = (ulong)found.Groups[index].Count++; // From here on the instance's number.

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            ulong Shape(int operand)
            {
                if (operand < 0)
                    return operand == Graph.None ? 1UL : 2UL;
                if (graph.IsLeaf(operand))
                {
                    level[root] = Math.Max(level[root], 1);
                    return graph.Code[operand] == Graph.Input ? 3UL : 4UL;
                }
                if (graph.Root[operand] == root)
                    return 16UL + (ulong)place[operand];
                level[root] = Math.Max(level[root], level[operand] + 1);
                return 3UL;
            }
        }
        foreach (Group g in found.Groups)
            CollectionsMarshal.GetValueRefOrAddDefault(found._instances, g.Shape, out _) += g.Count;
        foreach (Group g in found.Groups)
            g.Nodes = new int[(long)g.Count * g.Size];
        for (int node = 0; node < graph.Count; node++)
        {
            int root = graph.Root[node];
            if (root < 0 || graph.Code[node] is Graph.Unused or Graph.Sum or >= Graph.Datum)
                continue;
            Group g = found.Groups[group[root]];
            g.Nodes[(int)hash[root] * g.Size + place[node]] = node;
        }
        return found.Groups.TrueForAll(g => IsUniform(graph, g, place)) ? found : null;
    }

    private const int MostGroups = 1 << 15;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    private static bool IsUniform(Graph graph, Group g, int[] place)
    {
        for (int i = g.Size; i < g.Nodes.Length; i++)
        {
            (int node, int first) = (g.Nodes[i], g.Nodes[i % g.Size]);
            if (graph.Code[node] != graph.Code[first] || !Alike(graph.A[node], graph.A[first]) || !Alike(graph.B[node], graph.B[first]))
                return false;

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            bool Alike(int operand, int other)
            {
                if (operand < 0 || other < 0)
                    return operand < 0 && other < 0 && operand == Graph.None == (other == Graph.None);
                bool inside = graph.Root[operand] == graph.Root[node] && !graph.IsLeaf(operand), otherInside = graph.Root[other] == graph.Root[first] && !graph.IsLeaf(other);
                return inside == otherInside && (!inside || place[operand] == place[other]) && graph.Code[operand] == Graph.Datum == (graph.Code[other] == Graph.Datum);
            }
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong hash, ulong item)
    {
        hash = (hash ^ item) * 0x9E3779B97F4A7C15;
        return hash ^ hash >> 32;
    }
}
