using AutoDiff.Optim.Engine;

namespace AutoDiff.Optim.FirstOrder;

/// <summary>A formula with a velocity v, zero at first.</summary>
internal abstract class VelocityRule(int dimension) : UpdateRule
{
    protected double[] V { get; } = new double[dimension];

    public override void Reset() => Array.Clear(V);

    public override void Store(StateWriter state) => state.Write(V);

    public override void Restore(StateReader state) => state.ReadArray(V);
}
