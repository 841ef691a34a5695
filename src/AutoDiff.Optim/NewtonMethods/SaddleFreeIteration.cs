using AutoDiff.Optim.Engine;
using AutoDiff.Optim.TrustRegions;

namespace AutoDiff.Optim.NewtonMethods;

/// <summary>The trust-region iteration on the saddle-free model, which remembers the previous step.</summary>
internal sealed class SaddleFreeIteration(Oracle oracle, SaddleFreeNewton options, SaddleFreeModel model)
    : TrustRegionIteration(
        oracle, new TrustRegionNewton { InitialRadius = options.InitialRadius, Symmetry = options.Symmetry ?? options.Verdict.Symmetry },
        model, null)
{
    public override void Store(StateWriter state)
    {
        base.Store(state);
        model.Store(state, X);
    }

    public override void Restore(StateReader state)
    {
        base.Restore(state);
        model.Restore(state);
    }
}
