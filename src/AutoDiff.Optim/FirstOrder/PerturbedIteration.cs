using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.FirstOrder;

/// <summary>Algorithm 2 of Jin et al. 2017. The gradient test is withheld until noise has failed to lower f.</summary>
internal sealed class PerturbedIteration(Oracle oracle, PerturbedGradientDescent options, UpdateRule rule)
    : FirstOrderIteration(oracle, options, rule)
{
    private readonly double _radius = options.Radius, _smallGradient = Math.Max(options.GradientThreshold, options.GradientTolerance ?? 0);
    private readonly double _smallDecrease = options.DecreaseThreshold ?? options.GradientThreshold * options.Radius;
    private readonly int _wait = options.WaitingSteps;
    private readonly double[] _xTilde = new double[oracle.Dimension], _gTilde = new double[oracle.Dimension],
        _noise = new double[oracle.Dimension];
    private RandomStream _random = RandomStream.Of(options.Seed, RandomStreams.Method);
    private double _fTilde;
    private int _sinceNoise;
    private bool _hasPassed;

    public override double? Criticality => base.Criticality is { } norm && (norm > _smallGradient || _hasPassed) ? norm : null;

    public override void Begin()
    {
        base.Begin();
        (_sinceNoise, _hasPassed) = (_wait + 1, false);
    }

    public override OptimizationStatus? Advance()
    {
        bool isSmall = Vectors.Norm(Gradient) <= _smallGradient;
        _hasPassed &= isSmall;
        if (isSmall && !_hasPassed && _sinceNoise > _wait)
            Perturb();
        bool isWaiting = _sinceNoise <= _wait;
        OptimizationStatus? ended = base.Advance();
        // Where the gradient is small, steps may well be zero until the wait is over.
        if (isWaiting && ended == OptimizationStatus.Stalled)
            ended = null;
        if (isWaiting)
            _sinceNoise++;
        if (_sinceNoise == _wait && Value - _fTilde > -_smallDecrease)
            Return();
        return ended;
    }

    public override void Store(StateWriter state)
    {
        base.Store(state);
        state.Write(_random.State);
        state.Write(_xTilde);
        state.Write(_gTilde);
        state.Write(_fTilde);
        state.Write((long)_sinceNoise);
        state.Write(_hasPassed);
    }

    public override void Restore(StateReader state)
    {
        base.Restore(state);
        _random.State = state.ReadULong();
        state.ReadArray(_xTilde);
        state.ReadArray(_gTilde);
        _fTilde = state.ReadDouble();
        _sinceNoise = state.ReadInt();
        _hasPassed = state.ReadBool();
    }

    private void Perturb()
    {
        X.CopyTo(_xTilde, 0);
        Gradient.CopyTo(_gTilde, 0);
        _fTilde = Value;
        _sinceNoise = 0;
        FillBall();
        Vectors.AddScaled(1, _noise, X);
        Evaluate();
        if (!double.IsFinite(Value) || !Vectors.AreFinite(Gradient))
            Restart();
    }

    // Noise did not help: x̃ is no strict saddle, as far as noise can tell.
    private void Return()
    {
        Restart();
        _hasPassed = true;
    }

    private void Restart()
    {
        _xTilde.CopyTo(X, 0);
        _gTilde.CopyTo(Gradient, 0);
        Value = Oracle.Keep(X, _fTilde);
        Known();
    }

    private void FillBall()
    {
        _random.FillNormal(_noise);
        double length = Vectors.Norm(_noise), radius = _radius * Math.Pow(_random.NextUnit(), 1.0 / Dimension);
        Vectors.Scale(length > 0 ? radius / length : 0, _noise, _noise);
    }
}
