using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim;

/// <summary>Nesterov's accelerated gradient with constant momentum: v ← βv + g, x ← x − η(g + βv).</summary>
/// <remarks>
/// <para>Source: Yu. Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²), 1983, in the form of I.
/// Sutskever, J. Martens, G. Dahl, G. Hinton, On the importance of initialization and momentum in deep learning, 2013, written in the
/// looked-ahead iterate, so that the gradient is that at x (PyTorch's SGD with <c>nesterov=True</c>).</para>
/// <para>Stable on a quadratic for η &lt; 2(1 + β)/((1 + 2β)L), which is less than gradient descent stands. One gradient an iteration, one
/// vector of memory.</para>
/// </remarks>
public sealed record Nesterov : StochasticMinimizer
{
    /// <summary>β in [0, 1); 0 is gradient descent.</summary>
    public double Beta { get; init => field = Require.BelowOne(value); } = 0.9;

    private protected override UpdateRule Rule(int dimension) => new LookAhead(dimension, Beta);

    private sealed class LookAhead(int dimension, double beta) : VelocityRule(dimension)
    {
        public override void Step(ReadOnlySpan<double> g, double eta, Span<double> x)
        {
            Vectors.Scale(beta, V, V);
            Vectors.AddScaled(1, g, V);
            Vectors.AddScaled(-eta, g, x);
            Vectors.AddScaled(-eta * beta, V, x);
        }
    }
}
