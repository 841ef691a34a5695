namespace AutoDiff.Samples.Greeks;

/// <summary>Lognormal assets without dividends: Sᵢ(T) = Sᵢ exp((r − σᵢ²/2)T + σᵢ√T Xᵢ) with standard normals X of the given
/// correlation. Rates and volatilities are per year.</summary>
internal sealed record Market(double[] Spots, double[] Volatilities, double[,] Correlation, double Rate)
{
    public int Assets => Spots.Length;

    /// <summary>What the Greeks are taken by: (S₁ … S_d, σ₁ … σ_d).</summary>
    public double[] Point => [.. Spots, .. Volatilities];

    /// <summary>Spots spread over 90 … 110 and volatilities over 20 … 40 %, each pair correlated alike.</summary>
    public static Market Standard(int assets, double correlation, double rate)
    {
        double[,] matrix = new double[assets, assets];
        double[] spots = new double[assets], volatilities = new double[assets];
        for (int i = 0; i < assets; i++)
        {
            double place = assets == 1 ? 0.5 : (double)i / (assets - 1);
            spots[i] = 90 + 20 * place;
            volatilities[i] = 0.2 + 0.2 * place;
            for (int j = 0; j < assets; j++)
                matrix[i, j] = i == j ? 1 : correlation;
        }
        return new Market(spots, volatilities, matrix, rate);
    }
}
