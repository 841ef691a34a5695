using AutoDiff.Optim.Engine;
using AutoDiff.Optim.TrustRegions;

namespace AutoDiff.Optim.NewtonMethods;

/// <summary>The trust region's radius: Conn, Gould, Toint, Trust-Region Methods, 2000, algorithm 6.1.1, with the first radius, growth and
/// interpolation that <see cref="TrustRegionNewton"/> tells.</summary>
internal class TrustRegionIteration(Oracle oracle, TrustRegionNewton options, Subproblem model, Bounds? bounds)
    : ModelIteration(oracle, options, model, options.AcceptRatio, bounds)
{
    private const double GoodRatio = 0.75, PoorRatio = 0.25, Growth = 2.5;

    protected override StepBound Bound => StepBound.Within(Radius);

    protected override double FirstRadius(double length, double criticality) =>
        Math.Min(options.InitialRadius ?? length, options.MaxRadius);

    protected override void Adapt(in ModelStep step)
    {
        if (Ratio < PoorRatio)
            Radius = 0.5 * step.Length;
        else if (Ratio >= GoodRatio)
            Radius = Math.Min(options.MaxRadius, Math.Max(Radius, Growth * step.Length));
    }

    // θ‖s‖ with θ the minimizer of the parabola through f, f₊ and the slope.
    protected override void Tighten(in ModelStep step, double change)
    {
        double theta = double.IsFinite(change) ? Math.Clamp(-step.Slope / (2 * (change - step.Slope)), 1.0 / 16, 1.0 / 2) : 1.0 / 16;
        Radius = theta * step.Length;
    }
}
