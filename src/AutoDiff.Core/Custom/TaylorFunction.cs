namespace AutoDiff.Engine;

/// <summary>An array function along a curve, y(t) = F(x(t)): its value, and order by order y′ = ∂F(x)·x′ from its derivative rule in the
/// array algebra.</summary>
internal static class TaylorFunction
{
    public static void Evaluate(ArrayFunction function, ReadOnlySpan<Taylor> x, Span<Taylor> y)
    {
        double[] point = new double[x.Length], value = new double[y.Length];
        int order = Taylor.MaximumOrder;
        bool moves = false;
        for (int i = 0; i < x.Length; i++)
        {
            point[i] = x[i][0];
            order = Math.Min(order, x[i].Order);
            moves |= !x[i].IsConstant;
        }
        function.Evaluate(point, value);
        for (int i = 0; i < y.Length; i++)
            y[i] = Taylor.Constant(value[i]).Truncate(moves ? 0 : order);
        if (!moves)
            return;
        Taylor[] known = new Taylor[x.Length], xDot = new Taylor[x.Length], yDot = new Taylor[y.Length];
        for (int k = 0; k < order; k++)
        {
            for (int i = 0; i < x.Length; i++)
                (known[i], xDot[i]) = (x[i].Truncate(k), x[i].Derivative().Truncate(k));
            CustomRules.Tangent<Taylor>(function, known, y, xDot, yDot);
            for (int i = 0; i < y.Length; i++)
                y[i] = y[i].Extend(yDot[i][k]);
        }
    }
}
