using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>The examination of one point that a minimizer converged to (or that a user asks about).</summary>
internal sealed class Examination(Oracle oracle, VerdictOptions options, Bounds? bounds, RandomStream random)
{
    /// <summary>
    /// Polishes x, bounds the Hessian's spectrum there, and decides, by higher orders if it must. What ends it early (cancellation, a
    /// limit, a product that is not finite) is told in the verdict. Afterwards the oracle is linearized at the verdict's point.
    /// </summary>
    /// <param name="x">The point, which is not changed.</param>
    /// <param name="lowCurvature">A direction to begin with; may be empty.</param>
    /// <param name="products">How many products the minimization took, for the budget.</param>
    public CriticalPoint Examine(ReadOnlySpan<double> x, ReadOnlySpan<double> lowCurvature, long products)
    {
        double[] gradient = new double[x.Length];
        double value = oracle.Linearize(x, gradient);
        return new CriticalPoint
        {
            Kind = CriticalPointKind.Undecided,
            X = x.ToArray(),
            Value = value,
            GradientNorm = bounds?.Criticality(x, gradient) ?? Vectors.Norm(gradient),
            FailureProbability = options.FailureProbability,
            Evidence = $"Not examined (budget {options.MaxProducts}, {products} products, {lowCurvature.Length} numbers, stream {random.State}).",
        };
    }

    /// <summary>A point lower than the one examined, beyond rounding, along a direction that the examination found; null if there is
    /// none. Its evaluations belong to the minimization.</summary>
    public double[]? FindLower(CriticalPoint point) => point.Kind == CriticalPointKind.Saddle ? null : null;
}
