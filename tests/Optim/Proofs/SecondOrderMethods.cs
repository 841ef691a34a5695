using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.Proofs;

/// <summary>The methods that use the Hessian, with default options.</summary>
internal static class SecondOrderMethods
{
    public static Minimizer[] All { get; } =
        [new TrustRegionNewton(), new TrustRegionNewton { InnerSolver = InnerSolver.SteihaugToint }, new CubicRegularization(),
            new SaddleFreeNewton(), new Newton()];
}
