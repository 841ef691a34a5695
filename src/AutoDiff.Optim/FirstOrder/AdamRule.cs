using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.FirstOrder;

/// <summary>m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g²; x ← (1 − ηλ)x − η·m̂/(√ŝ + ε) with m̂ = m/(1 − β₁ᵗ), ŝ = s/(1 − β₂ᵗ).</summary>
internal sealed class AdamRule(int dimension, double beta1, double beta2, double epsilon, double decay) : UpdateRule
{
    private readonly double[] _m = new double[dimension], _s = new double[dimension], _work = new double[dimension];
    private long _t;

    public override void Step(ReadOnlySpan<double> g, double eta, Span<double> x)
    {
        _t++;
        if (decay > 0)
            Vectors.Scale(1 - eta * decay, x, x);
        Vectors.Scale(beta1, _m, _m);
        Vectors.AddScaled(1 - beta1, g, _m);
        ElementwiseMoments.AddSquare(beta2, g, _s, _work);
        double correction1 = 1 - Math.Pow(beta1, _t), correction2 = 1 - Math.Pow(beta2, _t);
        ElementwiseMoments.Move(-eta / correction1, _m, _s, Math.Sqrt(correction2), epsilon, _work, x);
    }

    public override void Reset()
    {
        Array.Clear(_m);
        Array.Clear(_s);
        _t = 0;
    }

    public override void Store(StateWriter state)
    {
        state.Write(_m);
        state.Write(_s);
        state.Write(_t);
    }

    public override void Restore(StateReader state)
    {
        state.ReadArray(_m);
        state.ReadArray(_s);
        _t = state.ReadLong();
    }
}
