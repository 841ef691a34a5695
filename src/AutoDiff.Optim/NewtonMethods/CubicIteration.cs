using AutoDiff.Optim.Engine;
using AutoDiff.Optim.TrustRegions;

namespace AutoDiff.Optim.NewtonMethods;

/// <summary>The weight σ of the cubic term: Cartis, Gould, Toint 2011, algorithm 2.1, with the rules that <see cref="CubicRegularization"/>
/// tells.</summary>
internal sealed class CubicIteration(Oracle oracle, CubicRegularization options)
    : ModelIteration(oracle, options, new Gltr(oracle.Dimension, options.BasisLimit), options.AcceptRatio)
{
    private const double VeryGoodRatio = 0.9, GoodRatio = 0.5;

    protected override StepBound Bound => StepBound.Cubic(Radius);

    // σ₀ lets the step of the length scale through where f is linear.
    protected override double FirstRadius(double length, double criticality) => options.InitialSigma ?? criticality / length / length;

    // Where the term is below the rounding of the gradient, a smaller σ changes nothing and would only have to grow again.
    protected override void Adapt(in ModelStep step)
    {
        double least = ReductionRatio.UnitRoundOff * Math.Abs(step.Slope) / step.Length / step.Length / step.Length;
        if (Ratio >= VeryGoodRatio)
            Radius = Math.Max(Math.Min(Radius, least), 0.1 * Radius);
        else if (Ratio >= GoodRatio)
            Radius *= 0.5;
    }

    // σ for which the cubic model would have foretold the value found.
    protected override void Tighten(in ModelStep step, double change)
    {
        double factor = 3 * (change + step.Decrease) / step.Length / step.Length / step.Length / Radius;
        Radius *= double.IsFinite(change) ? Math.Clamp(factor, 2, 10) : 10;
    }
}
