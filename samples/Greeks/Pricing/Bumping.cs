namespace AutoDiff.Samples.Greeks;

/// <summary>Gammas by finite differences of the price, with the same random numbers on every side.</summary>
internal static class Bumping
{
    /// <summary>The prices that all gammas of <paramref name="assets"/> assets take: the centre, two a spot, two a pair.</summary>
    public static int Evaluations(int assets) => 1 + 2 * assets + assets * (assets - 1);

    /// <summary>∂²f/∂x₀² by a central difference with a step of <paramref name="bump"/>·x₀.</summary>
    public static double Gamma(Objective price, double[] x, double bump)
    {
        double h = bump * x[0];
        return (Moved(price, x, 0, h) - 2 * price.Value(x) + Moved(price, x, 0, -h)) / (h * h);
    }

    /// <summary>The second derivatives by the first <paramref name="assets"/> variables, with steps of <paramref name="bump"/>·xᵢ. A pair
    /// takes two prices more, on the diagonal: f(++) + f(−−) − f(+0) − f(−0) − f(0+) − f(0−) + 2f = 2hᵢhⱼ fᵢⱼ (M. Abramowitz, I. A. Stegun,
    /// Handbook of Mathematical Functions, 1964, 25.3.27).</summary>
    public static double[,] Gammas(Objective price, double[] x, int assets, double bump)
    {
        double centre = price.Value(x);
        double[] h = [.. x.Take(assets).Select(spot => bump * spot)];
        double[] up = [.. h.Select((step, i) => Moved(price, x, i, step))], down = [.. h.Select((step, i) => Moved(price, x, i, -step))];
        double[,] gammas = new double[assets, assets];
        for (int i = 0; i < assets; i++)
        {
            gammas[i, i] = (up[i] - 2 * centre + down[i]) / (h[i] * h[i]);
            for (int j = 0; j < i; j++)
            {
                double both = Moved(price, x, i, h[i], j, h[j]) + Moved(price, x, i, -h[i], j, -h[j]);
                gammas[i, j] = gammas[j, i] = (both - up[i] - down[i] - up[j] - down[j] + 2 * centre) / (2 * h[i] * h[j]);
            }
        }
        return gammas;
    }

    private static double Moved(Objective price, double[] x, int i, double step, int j = 0, double other = 0)
    {
        double[] moved = [.. x];
        moved[i] += step;
        moved[j] += other;
        return price.Value(moved);
    }
}
