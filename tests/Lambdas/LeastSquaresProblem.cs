namespace AutoDiff.Lambdas;

/// <summary>A sum of squares f(x) = Σ rᵢ(x)² to be minimized, with its start and what is known of its minima.</summary>
/// <param name="Number">The number in the collection.</param>
/// <param name="Name">The name in the collection.</param>
/// <param name="N">The number of variables.</param>
/// <param name="M">The number of residuals.</param>
/// <param name="Residuals">r: ℝⁿ → ℝᵐ.</param>
/// <param name="Start">The standard start.</param>
/// <param name="AcceptedMinima">Values of f at which a minimizer may end, the smallest first; empty where none is known for this n,
/// m.</param>
/// <param name="Saddles">Values of f at stationary points that are listed as minima and are none.</param>
/// <param name="Notes">What to know of the problem.</param>
public sealed record LeastSquaresProblem(
    int Number, string Name, int N, int M, VectorFunction Residuals, double[] Start, double[] AcceptedMinima, double[] Saddles,
    string Notes = "")
{
    /// <summary>f(x) = Σ rᵢ(x)².</summary>
    public Objective Objective { get; } = Objective.Of(x => Residuals.Value(x).SquaredNorm());

    /// <summary>
    /// The standard start times a factor; where it is 0, the vector whose elements all equal the factor (the authors' program,
    /// Algorithm 566, does the same), the factor 1 excepted.
    /// </summary>
    public double[] StartTimes(double factor) =>
        factor != 1 && Start.All(value => value == 0) ? [.. Enumerable.Repeat(factor, N)] : [.. Start.Select(value => factor * value)];

    /// <summary>Whether a value agrees with an accepted minimum to eight digits, or to 1e-14 where that is zero.</summary>
    public bool Accepts(double value) =>
        AcceptedMinima.Any(minimum => Math.Abs(value - minimum) <= (minimum == 0 ? 1e-14 : 1e-8 * Math.Abs(minimum)));

    /// <inheritdoc/>
    public override string ToString() => $"{Number} {Name} ({N}, {M})";
}
