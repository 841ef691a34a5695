namespace AutoDiff.Optim;

/// <summary>What a Lanczos run from a random start makes likely about the extreme eigenvalue.</summary>
/// <remarks>
/// Kuczyński and Woźniakowski 1992, theorem 4.2, in the form of Royer, O'Neill and Wright 2020, lemma 2: for a symmetric A and M ≥ ‖A‖₂,
/// after min{n, 1 + ⌈½ ln(2.75 n/δ²) √(M/ε)⌉} steps from a start uniform on the sphere the smallest Ritz value exceeds the smallest
/// eigenvalue by at most ε/2, except with probability δ. Likewise for the largest. The theorem speaks of exact arithmetic and of the true
/// norm; with an estimate of the norm the bound is as good as the estimate.
/// </remarks>
public static class LanczosProbability
{
    /// <summary>The steps after which λ_min ≥ θ₁ − ε/2 with probability 1 − <paramref name="failure"/>.</summary>
    /// <param name="dimension">n.</param>
    /// <param name="norm">M, a bound or estimate of ‖A‖₂.</param>
    /// <param name="margin">ε, in the units of the norm.</param>
    /// <param name="failure">δ, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static int Steps(int dimension, double norm, double margin, double failure)
    {
        Check(dimension, norm, failure);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        double steps = norm == 0 ? 1 : 1 + Math.Ceiling(HalfLogarithm(dimension, failure) * Math.Sqrt(norm / margin));
        return steps < dimension ? (int)steps : dimension;
    }

    /// <summary>The margin ε that <paramref name="steps"/> steps reach: λ_min ≥ θ₁ − ε/2 with probability 1 − <paramref name="failure"/>; 0
    /// after n steps, infinite after one.</summary>
    /// <param name="dimension">n.</param>
    /// <param name="norm">M, a bound or estimate of ‖A‖₂.</param>
    /// <param name="steps">The products of one run without a restart.</param>
    /// <param name="failure">δ, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Margin(int dimension, double norm, int steps, double failure)
    {
        Check(dimension, norm, failure);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (steps >= dimension || norm == 0)
            return steps == 0 ? double.PositiveInfinity : 0;
        double ratio = steps <= 1 ? double.PositiveInfinity : HalfLogarithm(dimension, failure) / (steps - 1);
        return norm * ratio * ratio;
    }

    private static double HalfLogarithm(int dimension, double failure) => 0.5 * (Math.Log(2.75 * dimension) - 2 * Math.Log(failure));

    private static void Check(int dimension, double norm, double failure)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (!(norm >= 0 && double.IsFinite(norm)))
            throw new ArgumentOutOfRangeException(nameof(norm), norm, "A norm is finite and not negative.");
        if (!(failure is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(failure), failure, "A probability of failure lies between 0 and 1.");
    }
}
