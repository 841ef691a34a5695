using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim;

/// <summary>Momentum as an exponential moving average of gradients: v ← βv + (1 − β)g, x ← x − ηv.</summary>
/// <remarks>
/// <para>The velocity is a mean of gradients and no longer than the longest of them: it smooths the noise of mini-batches, whose variance
/// it scales by (1 − β)/(1 + β) in the long run (see <see cref="GradientNoise"/>). It is not <see cref="HeavyBall"/>, which sums them: EMA
/// momentum at η moves as heavy ball at (1 − β)η, and leaves a saddle more slowly than plain gradient descent at the same η. Stable on a
/// quadratic for η &lt; 2(1 + β)/((1 − β)L).</para>
/// <para>One gradient an iteration, one vector of memory. Differs from PyTorch's SGD with <c>dampening</c> = β in the first step, where
/// PyTorch takes v = g.</para>
/// </remarks>
public sealed record Momentum : StochasticMinimizer
{
    /// <summary>β in [0, 1); 0 is gradient descent.</summary>
    public double Beta { get; init => field = Require.BelowOne(value); } = 0.9;

    private protected override UpdateRule Rule(int dimension) => new Average(dimension, Beta);

    private sealed class Average(int dimension, double beta) : VelocityRule(dimension)
    {
        public override void Step(ReadOnlySpan<double> g, double eta, Span<double> x)
        {
            Vectors.Scale(beta, V, V);
            Vectors.AddScaled(1 - beta, g, V);
            Vectors.AddScaled(-eta, V, x);
        }
    }
}
