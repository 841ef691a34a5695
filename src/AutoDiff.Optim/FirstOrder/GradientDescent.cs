using AutoDiff.Optim.FirstOrder;

namespace AutoDiff.Optim;

/// <summary>Gradient descent, x ← x − ηg; on mini-batches, stochastic gradient descent.</summary>
/// <remarks>
/// <para>Source: A. Cauchy 1847; J. Nocedal, S. J. Wright, Numerical Optimization, 2006, chapter 2. Needs f to be once differentiable. With
/// λ the Hessian's eigenvalues, 0 &lt; μ ≤ λ ≤ L, it is stable for η &lt; 2/L, and the error falls by (κ − 1)/(κ + 1) a step, κ = L/μ, at
/// the best rate η = 2/(L + μ). <see cref="CurvatureRate"/> finds both.</para>
/// <para>One gradient an iteration, 2n flops beside it. From a point without slope along a negative curvature direction of a saddle it
/// never leaves that saddle; the verdict's escape does.</para>
/// </remarks>
public sealed record GradientDescent : StochasticMinimizer
{
    private protected override UpdateRule Rule(int dimension) => new DescentRule();
}
