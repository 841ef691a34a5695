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
        int largest = isEnabled ? Largest : 1;
        int[] root = graph.Root = new int[graph.Count], size = new int[graph.Count];
        root.AsSpan().Fill(Undecided);
        foreach (int result in graph.Results)
        {
            if (result >= 0)
                root[result] = Several;
        }
        for (int node = graph.Count - 1; node >= 0; node--)
        {
            ushort code = graph.Code[node];
            if (code == Graph.Unused || graph.IsLeaf(node))
                continue;
            if (root[node] < 0 || size[root[node]] >= largest)
                root[node] = node;
            if (code == Graph.Sum)
            {
                root[node] = node;
                foreach (int term in graph.Terms[node])
                    root[term] = Several;
                continue;
            }
            size[root[node]]++;
            Join(graph.A[node], root[node]);
            Join(graph.B[node], root[node]);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Join(int operand, int cone)
        {
            if (operand >= 0)
                root[operand] = root[operand] == Undecided || root[operand] == cone ? cone : Several;
        }
    }
}
