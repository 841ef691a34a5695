using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>Dead code: what neither the result nor a guard needs is not carried out. Counts the uses of the rest.</summary>
internal static class LiveNodes
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    public static void Find(Graph graph)
    {
        int[] uses = graph.Uses = new int[graph.Count];
        foreach (int result in graph.Results)
        {
            if (result >= 0)
                uses[result]++;
        }
        if (graph.Violations >= 0)
            uses[graph.Violations]++;
        for (int node = graph.Count - 1; node >= 0; node--)
        {
            if (uses[node] == 0)
            {
                if (!graph.IsLeaf(node))
                    graph.Code[node] = Graph.Unused;
                continue;
            }
            if (graph.Code[node] == Graph.Sum)
            {
                foreach (int term in graph.Terms[node])
                    uses[term]++;
            }
            else if (!graph.IsLeaf(node))
            {
                if (graph.A[node] >= 0)
                    uses[graph.A[node]]++;
                if (graph.B[node] >= 0)
                    uses[graph.B[node]]++;
            }
        }
    }
}
