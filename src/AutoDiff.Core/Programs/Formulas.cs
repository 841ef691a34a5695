namespace AutoDiff.Engine;

/// <summary>
/// The formulas of a pattern's value and derivatives. The pattern runs over <see cref="Symbol"/>s, forward and then backward, which leaves
/// the gradient's formula; over dual numbers of symbols the same lines leave that of the R operator.
/// </summary>
internal static class Formulas
{
    public static Kernel Value(GroupPlan plan, KernelUse use)
    {
        KernelWriter writer = new(plan, use);
        Symbol[] z = Forward(plan, Primals(plan, writer));
        writer.Output(Space.Values, GroupPlan.RootStream, z[^1], plan.IsSummed);
        return writer.Finish();
    }

    public static Kernel Gradient(GroupPlan plan, KernelUse use)
    {
        KernelWriter writer = new(plan, use);
        Symbol[] x = Primals(plan, writer), z = Forward(plan, x);
        Symbol bar = plan.IsFused ? Symbol.Loose(plan.KnownAdjoint) : writer.Input(Space.Bars, GroupPlan.RootStream);
        Symbol[] xBar = Reverse(plan, x, z, bar);
        if (plan.IsFused)
            writer.Output(Space.Values, GroupPlan.RootStream, z[^1], plan.IsSummed);
        for (int k = 0; k < xBar.Length; k++)
            Contribute(plan, writer, Space.Bars, k, xBar[k]);
        return writer.Finish();
    }

    public static Kernel Tangent(GroupPlan plan, KernelUse use)
    {
        KernelWriter writer = new(plan, use);
        Jet<Symbol>[] z = Forward(plan, Jets(plan, writer));
        writer.Output(Space.Dots, GroupPlan.RootStream, z[^1].Tangent, plan.IsSummed);
        return writer.Finish();
    }

    public static Kernel Product(GroupPlan plan, KernelUse use)
    {
        KernelWriter writer = new(plan, use);
        Jet<Symbol>[] x = Jets(plan, writer), z = Forward(plan, x);
        Jet<Symbol> bar = plan.IsFused ? new(Symbol.Loose(plan.KnownAdjoint), 0)
            : new(writer.Input(Space.Bars, GroupPlan.RootStream), writer.Input(Space.BarDots, GroupPlan.RootStream));
        Jet<Symbol>[] xBar = Reverse(plan, x, z, bar);
        for (int k = 0; k < xBar.Length; k++)
            Contribute(plan, writer, Space.BarDots, k, xBar[k].Tangent);
        return writer.Finish();
    }

    private static void Contribute(GroupPlan plan, KernelWriter writer, Space space, int stream, Symbol change)
    {
        if (plan.Streams[stream].IsActive && !(change.IsConstant && change.Number == 0))
            writer.Output(space, stream, change, true);
    }

    private static Symbol[] Primals(GroupPlan plan, KernelWriter writer) =>
        [.. plan.Streams.Select((s, k) => writer.Input(s.IsConstant ? Space.Constants : Space.Values, k))];

    private static Jet<Symbol>[] Jets(GroupPlan plan, KernelWriter writer) =>
        [.. Primals(plan, writer).Select((x, k) => new Jet<Symbol>(x, plan.Streams[k].IsActive ? writer.Input(Space.Dots, k) : 0))];

    private static T[] Forward<T>(GroupPlan plan, T[] x) where T : struct, IScalar<T>
    {
        T[] z = new T[plan.Nodes.Length];
        for (int i = 0; i < z.Length; i++)
        {
            PatternNode node = plan.Nodes[i];
            z[i] = node.Operation.Value(Operand(node.X, x, z), Operand(node.Y, x, z));
        }
        return z;
    }

    private static T[] Reverse<T>(GroupPlan plan, T[] x, T[] z, T bar) where T : struct, IScalar<T>
    {
        T[] zBar = new T[z.Length], xBar = new T[x.Length];
        zBar.AsSpan().Fill(T.Constant(0));
        xBar.AsSpan().Fill(T.Constant(0));
        zBar[^1] = bar;
        T[] unused = [T.Constant(0)];
        for (int i = z.Length - 1; i >= 0; i--)
        {
            PatternNode node = plan.Nodes[i];
            node.Operation.Pull(Operand(node.X, x, z), Operand(node.Y, x, z), z[i], zBar[i], ref Adjoint(node.X), ref Adjoint(node.Y));
        }
        return xBar;

        ref T Adjoint(PatternOperand operand)
        {
            switch (operand.Kind)
            {
                case PatternOperand.Of.Node: return ref zBar[operand.Index];
                case PatternOperand.Of.Stream: return ref xBar[operand.Index];
                default: return ref unused[0];
            }
        }
    }

    private static T Operand<T>(PatternOperand operand, T[] x, T[] z) where T : struct, IScalar<T> => operand.Kind switch
    {
        PatternOperand.Of.Node => z[operand.Index],
        PatternOperand.Of.Stream => x[operand.Index],
        PatternOperand.Of.Constant => T.Constant(operand.Value),
        _ => T.Constant(0),
    };
}
