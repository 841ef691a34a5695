using AutoDiff.Optim.Engine;
using AutoDiff.Optim.FirstOrder;

namespace AutoDiff.Optim;

/// <summary>RMSProp, elementwise: s ← αs + (1 − α)g², x ← x − ηg/(√s + ε).</summary>
/// <remarks>
/// Source: T. Tieleman, G. Hinton, Neural networks for machine learning, lecture 6.5, 2012; constants and the place of ε as in PyTorch. In
/// the long run steps have a length of about η a variable however large the gradient is (the first, while s grows from zero, up to η/√(1 −
/// α)): with constant η the iterates come within about η of a minimum and hover there, and on a function without lower bound f falls too
/// slowly to be told from one that has a far minimum. One gradient an iteration, two vectors of memory.
/// </remarks>
public sealed record RmsProp : StochasticMinimizer
{
    /// <summary>α in [0, 1), the decay of the mean square.</summary>
    public double Alpha { get; init => field = Require.BelowOne(value); } = 0.99;

    /// <summary>ε ≥ 0, in the gradient's units: it bounds the step of a variable whose gradients vanish. At 0 such a variable does not
    /// move.</summary>
    public double Epsilon { get; init => field = Require.NotNegative(value); } = 1e-8;

    private protected override UpdateRule Rule(int dimension) => new MeanSquare(dimension, Alpha, Epsilon);

    private sealed class MeanSquare(int dimension, double alpha, double epsilon) : UpdateRule
    {
        private readonly double[] _s = new double[dimension], _work = new double[dimension];

        public override void Step(ReadOnlySpan<double> g, double eta, Span<double> x)
        {
            ElementwiseMoments.AddSquare(alpha, g, _s, _work);
            ElementwiseMoments.Move(-eta, g, _s, 1, epsilon, _work, x);
        }

        public override void Reset() => Array.Clear(_s);

        public override void Store(StateWriter state) => state.Write(_s);

        public override void Restore(StateReader state) => state.ReadArray(_s);
    }
}
