using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>By how much a multiplier may be off: the gradient that the rounding of x leaves, and what the terms of the gradient's own sums
/// lose where they cancel.</summary>
/// <param name="OfPosition">The same for all variables.</param>
/// <param name="Terms">By variable; empty if there is no need.</param>
internal sealed record MultiplierErrors(double OfPosition, double[] Terms)
{
    public static MultiplierErrors None { get; } = new(0, []);

    public double OfTerms(int variable) => Terms.Length == 0 ? 0 : Terms[variable];

    /// <summary>The same at a point where the gradient still changes by as much.</summary>
    public MultiplierErrors And(double change) => this with { OfPosition = OfPosition + change };

    /// <summary>At the point linearized last: three products, and a pass over the recording; nothing where no variable is at a
    /// bound.</summary>
    public static MultiplierErrors At(Oracle oracle, ReadOnlySpan<double> x, Bounds bounds, ref RandomStream random)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] > bounds.Lower[i] && x[i] < bounds.Upper[i])
                continue;
            double[] terms = new double[x.Length];
            oracle.RoundingErrors(terms);
            return new MultiplierErrors(RoundOffFloor.At(oracle, x, ref random), terms);
        }
        return None;
    }
}
