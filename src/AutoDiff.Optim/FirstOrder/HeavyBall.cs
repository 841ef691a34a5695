using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim;

/// <summary>The heavy-ball method: v ← βv + g, x ← x − ηv.</summary>
/// <remarks>Source: B. T. Polyak, Some methods of speeding up the convergence of iteration methods, 1964; PyTorch's SGD with
/// <c>momentum</c>. Stable on a quadratic for η &lt; 2(1 + β)/L. One gradient an iteration, one vector of memory. For the form with (1 −
/// β)g see <see cref="Momentum"/>.</remarks>
public sealed record HeavyBall : StochasticMinimizer
{
    /// <summary>β in [0, 1); 0 is gradient descent.</summary>
    public double Beta { get; init => field = Require.BelowOne(value); } = 0.9;

    /// <summary>
    /// The parameters that are best on a quadratic with eigenvalues from μ to L: η = 4/(√L + √μ)², β = ((√κ − 1)/(√κ + 1))² with κ = L/μ.
    /// The error then falls by √β a step in the long run (Polyak 1964, section 2).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt; μ ≤ L &lt; ∞.</exception>
    public static HeavyBall Optimal(double largestCurvature, double smallestCurvature)
    {
        if (!(smallestCurvature > 0 && smallestCurvature <= largestCurvature && double.IsFinite(largestCurvature)))
            throw new ArgumentOutOfRangeException(
                nameof(smallestCurvature), smallestCurvature,
                $"The curvatures reach from {smallestCurvature} to {largestCurvature}; they must be positive and finite, the smallest first.");
        double rootL = Math.Sqrt(largestCurvature), rootMu = Math.Sqrt(smallestCurvature), rootBeta = (rootL - rootMu) / (rootL + rootMu);
        return new HeavyBall { LearningRate = 4 / ((rootL + rootMu) * (rootL + rootMu)), Beta = rootBeta * rootBeta };
    }

    private protected override UpdateRule Rule(int dimension) => new Ball(dimension, Beta);

    private sealed class Ball(int dimension, double beta) : VelocityRule(dimension)
    {
        public override void Step(ReadOnlySpan<double> g, double eta, Span<double> x)
        {
            Vectors.Scale(beta, V, V);
            Vectors.AddScaled(1, g, V);
            Vectors.AddScaled(-eta, V, x);
        }
    }
}
