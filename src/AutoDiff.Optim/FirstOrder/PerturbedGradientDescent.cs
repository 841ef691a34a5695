using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;

namespace AutoDiff.Optim;

/// <summary>Gradient descent that, where the gradient is small, adds noise from a ball and watches whether f falls: at a strict saddle it
/// does, with high probability, and the method goes on; otherwise the point before the noise is the answer.</summary>
/// <remarks>
/// <para>Source: C. Jin, R. Ge, P. Netrapalli, S. M. Kakade, M. I. Jordan, How to escape saddle points efficiently, 2017, algorithm 2, with
/// practical constants instead of the theorem's. It differs in one thing: at the point before the noise it goes on by plain gradient
/// descent to <see cref="Optimizer.GradientTolerance"/>; with a tolerance of <see cref="GradientThreshold"/> or more that point itself is
/// returned, as in the paper.</para>
/// <para>Along curvature −γ the noise grows by the factor (1 + ηγ)^t_thr before f is looked at, and has a length of about r/√n there at
/// first: saddles with a γ too small for that are taken for minima, which the verdict then puts right.</para>
/// <para>Two gradients in an iteration with noise, one in others; one vector of memory and one of a point to return to. f and its gradient
/// are those of all data.</para>
/// </remarks>
public sealed record PerturbedGradientDescent : FirstOrderMinimizer
{
    /// <summary>r, the radius of the ball from which the noise is drawn, uniformly.</summary>
    public double Radius { get; init => field = Require.Positive(value); } = 1e-2;

    /// <summary>g_thr: a gradient up to this norm is small.</summary>
    public double GradientThreshold { get; init => field = Require.Positive(value); } = 1e-3;

    /// <summary>t_thr: how many steps are taken after noise before f is looked at.</summary>
    public int WaitingSteps { get; init => field = Require.AtLeast(value, 1); } = 100;

    /// <summary>f_thr: by how much f must have fallen then; null: by <see cref="GradientThreshold"/>·<see cref="Radius"/>.</summary>
    public double? DecreaseThreshold { get; init => field = Require.NotNegative(value); }

    private protected override UpdateRule Rule(int dimension) => new DescentRule();

    private protected override Iteration Begin(Oracle oracle) => new PerturbedIteration(oracle, this, Rule(oracle.Dimension));
}
