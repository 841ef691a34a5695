namespace AutoDiff.Hvp;

/// <summary>
/// The rounding errors of a product, from how products at neighbouring points scatter: differences of high order take out what is smooth
/// (J. J. Moré, S. M. Wild, Estimating computational noise, SIAM Journal on Scientific Computing 33, 2011).
/// </summary>
internal static class ProductNoise
{
    private const int Points = 13, FirstOrder = 4, LastOrder = 6;

    // Noise scatters alike at all orders; what is smooth gets smaller from one to the next.
    private const double MostSpread = 4;

    private const double UnitRoundoff = 1.0 / (1L << 53);

    // Spacings, in units of the rounding of x: nearer points may be rounded alike.
    private static readonly double[] s_spacings = [1 << 10, 1 << 20, 1 << 24];

    /// <summary>‖σ‖ for the products that <paramref name="productAt"/> gives along a line through x; 0 where none is seen.</summary>
    public static double Of(Func<double[], double[]> productAt, double[] x, double[] v)
    {
        double largest = 0, unit = UnitRoundoff * Norms.Largest(x) / Norms.Largest(v);
        foreach (double spacing in s_spacings)
        {
            double[][] products = new double[Points][];
            for (int k = 0; k < Points; k++)
            {
                double t = (k - Points / 2) * spacing * unit;
                products[k] = productAt([.. x.Select((xi, i) => xi + t * v[i])]);
            }
            largest = Math.Max(largest, Scatter(products));
        }
        return largest;
    }

    private static double Scatter(double[][] products)
    {
        double least = double.PositiveInfinity, most = 0, factor = 1;
        for (int order = 1; order <= LastOrder; order++)
        {
            double sum = 0;
            for (int k = 0; k + order < Points; k++)
            {
                double[] next = new double[products[k].Length];
                for (int i = 0; i < next.Length; i++)
                {
                    next[i] = products[k + 1][i] - products[k][i];
                    sum += next[i] * next[i];
                }
                products[k] = next;
            }
            factor *= order / (2.0 * (2 * order - 1)); // (k!)²/(2k)!, the variance of a difference of order k being the reciprocal.
            if (order < FirstOrder)
                continue;
            double deviation = Math.Sqrt(factor * sum / (Points - order));
            (least, most) = (Math.Min(least, deviation), Math.Max(most, deviation));
        }
        return most <= MostSpread * least ? most : 0;
    }
}
