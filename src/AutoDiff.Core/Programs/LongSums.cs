using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// Additions whose results only further additions use become one sum of many terms, which need not be added one after the other. The
/// order of addition changes, hence the rounding: the error of a sum of n terms stays below n units of round-off of the sum of their
/// magnitudes, and in practice falls.
/// </summary>
internal static unsafe class LongSums
{
    private const int FewestTerms = 64;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    public static void Find(Graph graph)
    {
        bool[] seen = new bool[graph.Count];
        List<int> terms = [], links = [];
        Stack<(int Node, bool Opens)> pending = [];
        for (int node = graph.Count - 1; node >= 0; node--)
        {
            if (graph.Code[node] != OpCode.Add || seen[node])
                continue;
            // A running sum, whose terms may be sums themselves; otherwise whatever tree of additions there is.
            if (Collect(graph, node, false, pending, terms, links) && terms.Count < FewestTerms)
                Collect(graph, node, true, pending, terms, links);
            foreach (int link in links)
                seen[link] = true;
            if (terms.Count < FewestTerms)
                continue;
            foreach (int link in links)
                graph.Code[link] = Graph.Unused;
            graph.Code[node] = Graph.Sum;
            terms.Reverse();
            graph.Terms[node] = [.. terms];
        }
    }

    // Whether there are additions that were left closed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Collect(
        Graph graph, int node, bool bothSides, Stack<(int Node, bool Opens)> pending, List<int> terms, List<int> links)
    {
        terms.Clear();
        links.Clear();
        pending.Push((graph.B[node], bothSides));
        pending.Push((graph.A[node], true));
        bool leftClosed = false;
        while (pending.TryPop(out (int Node, bool Opens) part))
        {
            if (part.Opens && graph.Code[part.Node] == OpCode.Add && graph.Uses[part.Node] == 1)
            {
                links.Add(part.Node);
                pending.Push((graph.B[part.Node], bothSides));
                pending.Push((graph.A[part.Node], true));
            }
            else if (AddsNothing(graph, part.Node))
            {
                links.Add(part.Node);
                terms.Add(graph.A[part.Node]);
            }
            else
            {
                leftClosed |= graph.Code[part.Node] == OpCode.Add;
                terms.Add(part.Node);
            }
        }
        return leftClosed;
    }

    // Sums usually begin as 0 + the first term.
    private static bool AddsNothing(Graph graph, int node) =>
        graph.Code[node] == OpCode.AddConstant && graph.Uses[node] == 1 && graph.Recording.Constants[~graph.B[node]] == 0;
}
