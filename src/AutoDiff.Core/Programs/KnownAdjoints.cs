using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// Adjoints that are the same at every point: those of nodes that act on the result only through additions and constant factors. A pattern
/// that begins with one needs no values of what follows it, so that its value and its gradient are one kernel.
/// </summary>
internal static unsafe class KnownAdjoints
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Runs once, and long.
    public static void Find(Graph graph, bool isEnabled)
    {
        double[] bar = graph.KnownAdjoint = new double[graph.Count];
        if (!isEnabled)
        {
            bar.AsSpan(0, graph.Recording.SlotCount).Fill(double.NaN);
            return;
        }
        foreach (int result in graph.Results)
        {
            if (result >= 0)
                bar[result] = graph.IsScalar ? 1 : double.NaN;
        }
        double* constants = graph.Recording.Constants;
        for (int node = graph.Recording.SlotCount - 1; node >= 0; node--) // Guards have no derivatives.
        {
            ushort code = graph.Code[node];
            if (code == Graph.Sum)
            {
                foreach (int term in graph.Terms[node])
                    bar[term] += bar[node];
                continue;
            }
            if (code == Graph.Unused || graph.IsLeaf(node))
                continue;
            (int a, int b) = (graph.A[node], graph.B[node]);
            double factorA = double.NaN, factorB = double.NaN;
            switch (code)
            {
                case OpCode.Add: (factorA, factorB) = (1, 1); break;
                case OpCode.Subtract: (factorA, factorB) = (1, -1); break;
                case OpCode.Negate: factorA = -1; break;
                case OpCode.AddConstant: factorA = 1; break;
                case OpCode.ConstantMinus: factorB = -1; break;
                case OpCode.MultiplyConstant: factorA = constants[~b]; break;
                case OpCode.DivideConstant: factorA = 1 / constants[~b]; break;
                default: break;
            }
            if (a >= 0)
                bar[a] += bar[node] * factorA;
            if (b >= 0)
                bar[b] += bar[node] * factorB;
        }
    }
}
