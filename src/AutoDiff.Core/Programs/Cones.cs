using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// Divides the graph into expressions: backward, a node joins the cone of its users where they all lie in one that is not too large yet,
/// and otherwise is the root of its own. Only roots are ever stored.
/// </summary>
internal static class Cones
{
    private const int Largest = 384;

    private const int Undecided = -1, Several = -2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    public static void Assign(Graph graph, bool isEnabled)
    {
        int largest = isEnabled ? Largest : 1, count = 0;
        int[] cone = graph.Cone = new int[graph.Count], root = new int[256], size = new int[256];
        cone.AsSpan().Fill(Undecided);
        foreach (int result in graph.Results)
        {
            if (result >= 0)
                cone[result] = Several;
        }
        for (int node = graph.Count - 1; node >= 0; node--)
        {
            ushort code = graph.Code[node];
            if (code == Graph.Unused || graph.IsLeaf(node))
            {
                cone[node] = Graph.NoCone;
                continue;
            }
            int own = cone[node];
            if (own < 0 || code == Graph.Sum || size[own] >= largest)
            {
                own = cone[node] = count++;
                if (own == root.Length)
                {
                    Array.Resize(ref root, 2 * own);
                    Array.Resize(ref size, 2 * own);
                }
                root[own] = node;
            }
            if (code == Graph.Sum)
            {
                foreach (int term in graph.Terms[node])
                    cone[term] = Several;
                continue;
            }
            size[own]++;
            Join(graph.A[node], own);
            Join(graph.B[node], own);
        }
        graph.Roots = root.AsSpan(0, count).ToArray();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Join(int operand, int own)
        {
            if (operand >= 0)
                cone[operand] = cone[operand] == Undecided || cone[operand] == own ? own : Several;
        }
    }
}
