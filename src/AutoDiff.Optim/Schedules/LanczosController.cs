using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Optim.Schedules;

/// <summary>A rate that follows the Hessian's spectrum as Lanczos runs from random starts see it.</summary>
internal abstract class LanczosController(int maxProducts, RandomStream random, RateController? inner) : RateController(inner)
{
    private RandomStream _random = random;
    private Lanczos? _lanczos;

    public override void Store(StateWriter state)
    {
        base.Store(state);
        state.Write(_random.State);
    }

    public override void Restore(StateReader state)
    {
        base.Restore(state);
        _random.State = state.ReadULong();
    }

    /// <summary>Begins a run at the iterate, whose products with <see cref="FirstOrderIteration.Hessian"/> the caller makes step by
    /// step.</summary>
    protected Lanczos Start(FirstOrderIteration at)
    {
        _lanczos ??= new Lanczos(at.Dimension, maxProducts);
        at.Linearize();
        _lanczos.StartRandom(ref _random);
        return _lanczos;
    }
}
