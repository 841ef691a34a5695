using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Symmetries;
using AutoDiff.Optim.TrustRegions;

namespace AutoDiff.Optim.NewtonMethods;

/// <summary>
/// What trust-region Newton and cubic regularization share: minimize the model within a bound, try the step, compare, and tighten or relax
/// the bound. After a rejected step the model still holds, and with it all the products that were paid for.
/// </summary>
internal abstract class ModelIteration(Oracle oracle, Optimizer options, Subproblem model, double acceptRatio, Bounds? bounds = null)
    : Iteration(oracle)
{
    /// <summary>A rejected step below this fraction of the larger of ‖x‖ and the first length ends the run.</summary>
    private const double SmallestStep = 1e-14;

    // How many steps in a row may lower neither the least value nor the least criticality known.
    private const int MostIdleSteps = 20;

    // Once the model's residual is at half the gradient's tolerance, a better step decides nothing.
    private const double ToleranceShare = 0.5;

    // The part of max(1, ‖x₀‖) that the first step may take.
    private const double FirstStep = 0.3;

    // (1 + √5)/2: the order of convergence that the forcing term gives.
    private const double ForcingOrder = 1.6180339887498949;

    private readonly double[] _step = new double[oracle.Dimension], _trial = new double[oracle.Dimension],
        _trialGradient = new double[oracle.Dimension];
    // Bounds hold what a symmetry would move.
    private readonly SymmetricModel _symmetric = new(oracle, bounds is null ? options.Symmetry ?? options.Verdict.Symmetry : null);
    private double[] _lowCurvature = [];
    private double _forcing, _scale, _leastValue, _leastCriticality;
    private int _idleSteps, _productsToRepeat;
    private bool _isModelled;

    public override bool UsesHessian => true;

    public override double? Criticality => CriticalityOf(X, Gradient);

    public override ReadOnlySpan<double> LowCurvature
    {
        get
        {
            if (_lowCurvature.Length == 0)
            {
                double[] direction = new double[Dimension];
                if (model.TryLowCurvature(direction))
                    _lowCurvature = direction;
            }
            return _lowCurvature;
        }
    }

    /// <summary>The bound on the next step.</summary>
    protected abstract StepBound Bound { get; }

    public override void Begin()
    {
        _scale = FirstStep * Math.Max(1, Vectors.Norm(X));
        _forcing = Subproblem.LargestTolerance;
        (_leastValue, _leastCriticality) = (Value, CriticalityOf(X, Gradient));
        (_idleSteps, _productsToRepeat, _isModelled) = (0, 0, false);
        Radius = FirstRadius(_scale, _leastCriticality);
    }

    public override OptimizationStatus? Advance()
    {
        ModelStep step = FindStep();
        Vectors.Move(X, 1, _step, _trial);
        Land();
        StepLength = 0;
        if (_trial.AsSpan().SequenceEqual(X) || !Vectors.AreFinite(_trial))
            return OptimizationStatus.Stalled;
        double trial = Oracle.Value(_trial);
        if (ReductionRatio.NeedsGradients(Value, trial, step.Decrease))
        {
            Oracle.Linearize(_trial, _trialGradient);
            Ratio = ReductionRatio.FromGradients(Gradient, _trialGradient, _step, step.Decrease);
        }
        else
        {
            Ratio = ReductionRatio.FromValues(Value, trial, step.Decrease);
        }
        if (Ratio >= acceptRatio && IsDifferentiable())
            return Accept(step, trial);
        Oracle.Relinearize(X);
        Tighten(step, trial - Value);
        return Vectors.Norm(_step) <= SmallestStep * Math.Max(_scale, Vectors.Norm(X)) ? OptimizationStatus.RadiusTooSmall : null;
    }

    public override void Store(StateWriter state)
    {
        state.Write(Radius);
        state.Write(_forcing);
        state.Write(_scale);
        state.Write(_leastValue);
        state.Write(_leastCriticality);
        state.Write((long)_idleSteps);
        state.Write((long)(_isModelled ? Math.Max(model.Count, _productsToRepeat) : 0));
        state.Write(LowCurvature);
    }

    public override void Restore(StateReader state)
    {
        Radius = state.ReadDouble();
        _forcing = state.ReadDouble();
        _scale = state.ReadDouble();
        _leastValue = state.ReadDouble();
        _leastCriticality = state.ReadDouble();
        _idleSteps = state.ReadInt();
        _productsToRepeat = state.ReadInt();
        _lowCurvature = state.ReadArray();
    }

    /// <summary>Δ₀ or σ₀, from a length of the problem and its first gradient's.</summary>
    protected abstract double FirstRadius(double length, double criticality);

    /// <summary>Adapts <see cref="Iteration.Radius"/> to an accepted step's <see cref="Iteration.Ratio"/>; X is still where it set
    /// out.</summary>
    protected abstract void Adapt(in ModelStep step);

    /// <summary>Adapts <see cref="Iteration.Radius"/> to a rejected step along which f changed by <paramref name="change"/>, perhaps not a
    /// finite number.</summary>
    protected abstract void Tighten(in ModelStep step, double change);

    private ModelStep FindStep()
    {
        if (!_isModelled)
        {
            model.Begin(X, _symmetric.At(X, Gradient));
            Repeat();
            _isModelled = true;
            _lowCurvature = [];
        }
        double enough = ToleranceShare * Tolerance / CriticalityOf(X, Gradient);
        return model.Solve(_symmetric.Hessian, Bound, Math.Max(_forcing, Math.Min(enough, ToleranceShare)), _step);
    }

    // An interrupted run has paid for these products; they are not charged to it again.
    private void Repeat()
    {
        Meter meter = Oracle.Meter;
        Oracle.Meter = new Meter();
        try
        {
            model.Extend(_symmetric.Hessian, _productsToRepeat);
        }
        finally
        {
            (Oracle.Meter, _productsToRepeat) = (meter, 0);
        }
    }

    // A variable that the step took to a bound lies there exactly.
    private void Land()
    {
        if (bounds is null)
            return;
        for (int i = 0; i < _trial.Length; i++)
        {
            if (_step[i] == bounds.Lower[i] - X[i])
                _trial[i] = bounds.Lower[i];
            else if (_step[i] == bounds.Upper[i] - X[i])
                _trial[i] = bounds.Upper[i];
        }
        bounds.Project(_trial, _trial);
    }

    private bool IsDifferentiable()
    {
        Oracle.Linearize(_trial, _trialGradient);
        if (Vectors.AreFinite(_trialGradient))
            return true;
        Ratio = double.NegativeInfinity;
        return false;
    }

    private OptimizationStatus? Accept(in ModelStep step, double trial)
    {
        Adapt(step);
        double before = CriticalityOf(X, Gradient), after = CriticalityOf(_trial, _trialGradient);
        _forcing = Math.Min(Subproblem.LargestTolerance, Math.Pow(after / before, ForcingOrder));
        StepLength = Vectors.Norm(_step);
        _trial.CopyTo(X, 0);
        _trialGradient.CopyTo(Gradient, 0);
        Value = trial;
        _isModelled = false;
        _lowCurvature = [];
        _idleSteps = trial < _leastValue || after < _leastCriticality ? 0 : _idleSteps + 1;
        _leastValue = Math.Min(_leastValue, trial);
        _leastCriticality = Math.Min(_leastCriticality, after);
        return _idleSteps > MostIdleSteps ? OptimizationStatus.Stalled : null;
    }

    private double CriticalityOf(double[] x, double[] gradient) => bounds?.Criticality(x, gradient) ?? Vectors.Norm(gradient);
}
