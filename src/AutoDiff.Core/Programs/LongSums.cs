namespace AutoDiff.Engine;

/// <summary>
/// Additions whose results only further additions use become one sum of many terms, which need not be added one after the other. The order of
/// addition changes, hence the rounding: the error of a sum of n terms stays below n units of round-off of the sum of their magnitudes, and
/// in practice falls.
/// </summary>
internal static unsafe class LongSums
{
    private const int FewestTerms = 64;

    public static void Find(Graph graph)
    {
        bool[] seen = new bool[graph.Count];
        Stack<int> pending = new();
        List<int> terms = [], links = [];
        for (int node = graph.Count - 1; node >= 0; node--)
        {
            if (graph.Code[node] != OpCode.Add || seen[node])
                continue;
            terms.Clear();
            links.Clear();
            pending.Push(graph.A[node]);
            pending.Push(graph.B[node]);
            while (pending.TryPop(out int part))
            {
                if (graph.Code[part] == OpCode.Add && graph.Uses[part] == 1)
                {
                    seen[part] = true;
                    links.Add(part);
                    pending.Push(graph.A[part]);
                    pending.Push(graph.B[part]);
                }
                else
                {
                    terms.Add(AddsNothing(graph, part) ? graph.A[part] : part);
                    if (terms[^1] != part)
                        links.Add(part);
                }
            }
            if (terms.Count < FewestTerms)
                continue;
            foreach (int link in links)
                graph.Code[link] = Graph.Unused;
            graph.Code[node] = Graph.Sum;
            terms.Reverse();
            graph.Terms[node] = [.. terms];
        }
    }

    // Sums usually begin as 0 + the first term.
    private static bool AddsNothing(Graph graph, int node) =>
        graph.Code[node] == OpCode.AddConstant && graph.Uses[node] == 1 && graph.Recording.Constants[~graph.B[node]] == 0;
}
