using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Schedules;

namespace AutoDiff.Optim.FirstOrder;

/// <summary>The common part of all first-order methods: rate, batch, clipping, decay, then the method's own formula.</summary>
internal class FirstOrderIteration : Iteration
{
    private const int ZeroStepsAllowed = 10;

    private readonly double _learningRate, _maxNorm, _decay;
    private readonly UpdateRule _rule;
    private readonly RateController? _rate;
    private readonly BatchOrder? _batches;
    private readonly double[] _before, _direction;
    private readonly long _zeroStepsAllowed;
    private long _step, _zeroSteps;
    private bool _isKnown, _isLinearized;

    public FirstOrderIteration(Oracle oracle, FirstOrderMinimizer options, UpdateRule rule, double decay = 0, BatchOrder? batches = null)
        : base(oracle)
    {
        (_learningRate, _maxNorm, _decay, _rule, _batches) = (options.LearningRate, options.MaxGradientNorm, decay, rule, batches);
        _rate = options.Schedule?.Begin(new RandomStreamSource(options.Seed));
        _before = new double[Dimension];
        _direction = new double[Dimension];
        // A batch may well have a zero gradient; that all of them have says something.
        _zeroStepsAllowed = Math.Max(ZeroStepsAllowed, batches?.Period ?? 0);
    }

    public override bool UsesHessian => false;

    public override bool IsValueKnown => _isKnown;

    public override double? Criticality => _isKnown ? base.Criticality : null;

    /// <summary>How often f and its gradient have become known at an iterate: a schedule sees by it whether f is new to it.</summary>
    public long Evaluations { get; private set; }

    /// <summary>The Hessian at the point of the last <see cref="Linearize"/>; products are charged to the minimization.</summary>
    public ILinearOperator Hessian => Oracle.Hessian;

    /// <summary>Makes the <see cref="Hessian"/> at X available; f and its gradient are known then too.</summary>
    public void Linearize()
    {
        if (_isKnown)
        {
            Oracle.Linearize(X, _direction);
        }
        else
        {
            Value = Oracle.Linearize(X, Gradient);
            Known();
        }
        _isLinearized = true;
    }

    public override void Begin()
    {
        _rule.Reset();
        _rate?.Reset();
        _batches?.Reset();
        _step = _zeroSteps = 0;
        _isLinearized = false;
        Known();
    }

    public override OptimizationStatus? Advance()
    {
        double eta = Radius = _rate?.Rate(_step, _learningRate, this) ?? _learningRate;
        if (!(eta >= 0 && double.IsFinite(eta)))
            throw new InvalidOperationException(
                $"The schedule's learning rate at step {_step} is {eta}; it must be zero or more, and finite.");
        if (_batches is not null)
        {
            if (!double.IsFinite(_batches.NextGradient(Oracle, X, _direction)))
                return OptimizationStatus.NonFiniteObjective;
            if (!Vectors.AreFinite(_direction))
                return OptimizationStatus.NonFiniteGradient;
        }
        else
        {
            Gradient.CopyTo(_direction, 0);
        }
        ClipAndDecay();
        X.CopyTo(_before, 0);
        _rule.Step(_direction, eta, X);
        _step++;
        return Arrive();
    }

    public override void Store(StateWriter state)
    {
        state.Write(_step);
        state.Write(_zeroSteps);
        state.Write(_isKnown);
        state.Write(_isLinearized);
        state.Write(Evaluations);
        _rule.Store(state);
        _rate?.Store(state);
        _batches?.Store(state);
    }

    public override void Restore(StateReader state)
    {
        _step = state.ReadLong();
        _zeroSteps = state.ReadLong();
        _isKnown = state.ReadBool();
        _isLinearized = state.ReadBool();
        Evaluations = state.ReadLong();
        _rule.Restore(state);
        _rate?.Restore(state);
        _batches?.Restore(state);
        if (_isKnown)
            Oracle.Keep(X, Value);
        if (_isLinearized)
            Oracle.Relinearize(X);
    }

    /// <summary>Takes note that f and its gradient are known at X.</summary>
    protected void Known()
    {
        _isKnown = true;
        Evaluations++;
    }

    private OptimizationStatus? Arrive()
    {
        bool isUnmoved = X.AsSpan().SequenceEqual(_before);
        StepLength = isUnmoved ? 0 : Vectors.Distance(X, _before);
        _zeroSteps = isUnmoved ? _zeroSteps + 1 : 0;
        _isKnown &= isUnmoved;
        _isLinearized &= isUnmoved;
        if (_batches is null or { IsDue: true })
        {
            if (!_isKnown)
                Evaluate();
            Known();
        }
        return _zeroSteps >= _zeroStepsAllowed ? OptimizationStatus.Stalled : null;
    }

    private void ClipAndDecay()
    {
        if (_maxNorm < double.PositiveInfinity && Vectors.Norm(_direction) is var norm && norm > _maxNorm)
            Vectors.Scale(_maxNorm / norm, _direction, _direction);
        if (_decay > 0)
            Vectors.AddScaled(_decay, X, _direction);
    }
}
