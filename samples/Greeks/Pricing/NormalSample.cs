namespace AutoDiff.Samples.Greeks;

/// <summary>
/// Correlated standard normals X = c z + η, one path a row: the common factor z = uᵀX/√(uᵀRu) in a direction u, its loadings
/// c = Ru/√(uᵀRu), and the rest η, which is independent of z because its covariance with it vanishes.
/// </summary>
internal sealed record NormalSample(double[,] X, double[] Loadings, double[,] Rest)
{
    public int Paths => X.GetLength(0);

    /// <summary>Draws batches of paths, the same ones for the same seed. The direction is that of the weights' signs, so that the factor
    /// explains much of what a basket of these weights does; conditioning on the rest integrates that part exactly.</summary>
    /// <exception cref="ArgumentException">The correlation matrix is not positive definite, or the basket does not increase in the
    /// factor.</exception>
    public static NormalSample[] Draw(Market market, double[] weights, int paths, int batches, int seed)
    {
        int d = market.Assets;
        VarMatrix correlation = market.Correlation;
        double[,] l = correlation.Cholesky().ToValues();
        if (double.IsNaN(l[d - 1, d - 1]))
            throw new ArgumentException("The correlation matrix is not positive definite.", nameof(market));

        double[] u = [.. weights.Select(weight => Math.Sign(weight))];
        double[] c = correlation.MatMul((VarVector)u).ToValues();
        double deviation = Math.Sqrt(Enumerable.Range(0, d).Sum(i => u[i] * c[i]));
        for (int i = 0; i < d; i++)
        {
            c[i] /= deviation;
            u[i] /= deviation;
            if (weights[i] != 0 && !(weights[i] * c[i] > 0))
                throw new ArgumentException(
                    $"Asset {i + 1} has weight {weights[i]} and loads {c[i]} on the common factor: the basket does not increase in the factor, and the conditional price needs that. Choose another correlation matrix.", nameof(market));
        }

        Random random = new(seed);
        NormalSample[] samples = new NormalSample[batches];
        double[] independent = new double[d];
        for (int batch = 0; batch < batches; batch++)
        {
            double[,] x = new double[paths, d], rest = new double[paths, d];
            for (int path = 0; path < paths; path++)
            {
                for (int i = 0; i < d; i++)
                    independent[i] = Normal(random);
                double z = 0;
                for (int i = 0; i < d; i++)
                {
                    for (int j = 0; j <= i; j++)
                        x[path, i] += l[i, j] * independent[j];
                    z += u[i] * x[path, i];
                }
                for (int i = 0; i < d; i++)
                    rest[path, i] = x[path, i] - c[i] * z;
            }
            samples[batch] = new NormalSample(x, c, rest);
        }
        return samples;
    }

    // Box and Muller, of whose two numbers one is taken.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
