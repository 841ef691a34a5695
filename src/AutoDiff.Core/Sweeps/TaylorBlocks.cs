using System.Runtime.InteropServices;

namespace AutoDiff.Engine;

/// <summary>
/// Functions of blocks along a curve, y(t) = F(x(t)): the value in plain numbers, and then order by order y′ = ∂F(x)·x′ by the function's
/// tangent rule, whose k-th derivative gives y⁽ᵏ⁺¹⁾. So values and conventions are those of the sweeps.
/// </summary>
internal static class TaylorBlocks
{
    private delegate void TangentRule(ReadOnlySpan<Taylor> x, ReadOnlySpan<Taylor> y, ReadOnlySpan<Taylor> xDot, Span<Taylor> yDot);

    /// <summary>An array function, by its derivative rule in the array algebra.</summary>
    public static void Evaluate(ArrayFunction function, ReadOnlySpan<Taylor> x, Span<Taylor> y)
    {
        double[] value = new double[y.Length];
        function.Evaluate(Values(x), value);
        Extend(x, value, y, (known, result, xDot, yDot) => CustomRules.Tangent<Taylor>(function, known, result, xDot, yDot));
    }

    /// <summary>A composite operation of u and v.</summary>
    public static void Evaluate<TRule>(in CompositeArguments arguments, ReadOnlySpan<Taylor> u, ReadOnlySpan<Taylor> v, Span<Taylor> y)
        where TRule : struct, ICompositeRule
    {
        double[] value = new double[y.Length];
        TRule.Value(arguments, MemoryMarshal.Cast<double, Real>(Values(u)), MemoryMarshal.Cast<double, Real>(Values(v)),
            MemoryMarshal.Cast<double, Real>(value.AsSpan()));
        int[] integers = arguments.Integers.ToArray();
        int split = u.Length;
        Extend([.. u, .. v], value, y, (x, result, xDot, yDot) =>
            TRule.Tangent(new CompositeArguments(integers), x[..split], x[split..], result, xDot[..split], xDot[split..], yDot));
    }

    private static void Extend(ReadOnlySpan<Taylor> x, double[] value, Span<Taylor> y, TangentRule tangent)
    {
        int order = Taylor.MaximumOrder;
        bool moves = false, varies = false;
        foreach (Taylor number in x)
        {
            order = Math.Min(order, number.Order);
            moves |= !number.IsConstant;
            varies |= number.IsVariable;
        }
        for (int i = 0; i < y.Length; i++)
            y[i] = Taylor.AtRest(value[i], moves ? 0 : order, varies);
        if (!moves)
            return;
        Taylor[] known = new Taylor[x.Length], xDot = new Taylor[x.Length], yDot = new Taylor[y.Length];
        for (int k = 0; k < order; k++)
        {
            for (int i = 0; i < x.Length; i++)
                (known[i], xDot[i]) = (x[i].Truncate(k), x[i].Derivative().Truncate(k));
            yDot.AsSpan().Clear();
            tangent(known, y, xDot, yDot);
            for (int i = 0; i < y.Length; i++)
                y[i] = y[i].Extend(yDot[i][k]);
        }
    }

    private static double[] Values(ReadOnlySpan<Taylor> x)
    {
        double[] values = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            values[i] = x[i][0];
        return values;
    }
}
