namespace AutoDiff.Optim;

/// <summary>The steps that gradient descent can take on a quadratic whose Hessian has its eigenvalues in [λ_min, λ_max].</summary>
/// <remarks>Polyak 1964; Nesterov 2004, sections 1.2 and 2.1. Near a minimum of a smooth function the same holds to first order.</remarks>
public sealed record LearningRates
{
    /// <summary>λ_min, a lower bound of the curvature.</summary>
    public required double SmallestCurvature { get; init; }

    /// <summary>λ_max = L, an upper bound of the curvature.</summary>
    public required double LargestCurvature { get; init; }

    /// <summary>2/λ_max: gradient descent diverges with any larger step. Infinite if λ_max ≤ 0, where no curvature bounds the
    /// step.</summary>
    public double StabilityLimit => LargestCurvature > 0 ? 2 / LargestCurvature : double.PositiveInfinity;

    /// <summary>Whether λ_min &gt; 0. Otherwise no step makes gradient descent converge at a uniform rate, and what follows is
    /// NaN.</summary>
    public bool IsStronglyConvex => SmallestCurvature > 0;

    /// <summary>2/(λ_max + λ_min), the best fixed step of gradient descent.</summary>
    public double OptimalStep => IsStronglyConvex ? 1 / (0.5 * LargestCurvature + 0.5 * SmallestCurvature) : double.NaN;

    /// <summary>(κ − 1)/(κ + 1), what <see cref="OptimalStep"/> leaves of the error in each iteration.</summary>
    public double OptimalFactor => IsStronglyConvex ? (1 - Ratio) / (1 + Ratio) : double.NaN;

    /// <summary>4/(√L + √μ)², the best step of the heavy ball x₊ = x − ηg + β(x − x₋).</summary>
    public double HeavyBallStep => IsStronglyConvex ? 4 / LargestCurvature / ((1 + Math.Sqrt(Ratio)) * (1 + Math.Sqrt(Ratio))) : double.NaN;

    /// <summary>((√κ − 1)/(√κ + 1))², its momentum β.</summary>
    public double HeavyBallMomentum => HeavyBallFactor * HeavyBallFactor;

    /// <summary>(√κ − 1)/(√κ + 1), what the heavy ball leaves of the error in each iteration in the long run.</summary>
    public double HeavyBallFactor => IsStronglyConvex ? (1 - Math.Sqrt(Ratio)) / (1 + Math.Sqrt(Ratio)) : double.NaN;

    private double Ratio => SmallestCurvature / LargestCurvature;

    /// <summary>The steps for the curvatures between <paramref name="smallest"/> and <paramref name="largest"/>.</summary>
    /// <exception cref="ArgumentException">The bounds are not in order, or NaN.</exception>
    public static LearningRates Of(double smallest, double largest) =>
        smallest <= largest
            ? new LearningRates { SmallestCurvature = smallest, LargestCurvature = largest }
            : throw new ArgumentException($"The smallest curvature, {smallest}, must not exceed the largest, {largest}.");

    /// <summary>The members as text, in the invariant culture.</summary>
    public override string ToString() => Invariantly.Print(nameof(LearningRates), PrintMembers);
}
