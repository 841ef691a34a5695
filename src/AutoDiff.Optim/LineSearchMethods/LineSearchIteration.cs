using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.LineSearches;

namespace AutoDiff.Optim.LineSearchMethods;

/// <summary>A method that goes along a direction as far as a line search decides. When that fails, values may be too noisy: it is tried
/// again by slopes; then along the direction of steepest descent, once, all else forgotten.</summary>
internal abstract class LineSearchIteration(Oracle oracle, Bounds? bounds = null) : Iteration(oracle)
{
    // So many iterations may pass without a new low of f or of the gradient: what goes on longer is rounding.
    private const int Patience = 50;

    // Steps relative to ‖x‖: the first, and √u.
    private const double FirstStep = 0.1, RoundingStep = 1e-8;

    private readonly double[] _step = new double[oracle.Dimension], _change = new double[oracle.Dimension];
    private double _lowestValue = double.PositiveInfinity, _lowestCriticality = double.PositiveInfinity;
    private int _idle;

    public sealed override bool UsesHessian => false;

    public override double? Criticality => bounds is null ? Vectors.Norm(Gradient) : bounds.Criticality(X, Gradient, _step);

    /// <summary>φ.</summary>
    protected LineFunction Line { get; } = new(oracle, bounds);

    /// <summary>The direction d of the search.</summary>
    protected double[] Direction { get; } = new double[oracle.Dimension];

    public override void Begin()
    {
        (StepLength, Line.IsNoisy) = (0, false);
        (_lowestValue, _lowestCriticality, _idle) = (double.PositiveInfinity, double.PositiveInfinity, 0);
    }

    public sealed override OptimizationStatus? Advance()
    {
        while (!TrySearch())
        {
            if (!Line.IsNoisy)
                Line.IsNoisy = true;
            else if (TryForget())
                Line.IsNoisy = false;
            else
                return Failed();
        }
        LinePoint reached = Line.Accepted;
        Vectors.Subtract(reached.X, X, _step);
        Vectors.Subtract(reached.Gradient, Gradient, _change);
        StepLength = Vectors.Norm(_step);
        reached.X.CopyTo(X, 0);
        reached.Gradient.CopyTo(Gradient, 0);
        Line.IsNoisy &= Line.IsWithinNoise(reached.Value);
        Value = reached.Value;
        Remember(_step, _change);
        return IsIdle() ? OptimizationStatus.Stalled : null;
    }

    public override void Store(StateWriter state)
    {
        state.Write(_lowestValue);
        state.Write(_lowestCriticality);
        state.Write((long)_idle);
        state.Write(Line.IsNoisy);
    }

    public override void Restore(StateReader state)
    {
        _lowestValue = state.ReadDouble();
        _lowestCriticality = state.ReadDouble();
        _idle = state.ReadInt();
        Line.IsNoisy = state.ReadBool();
    }

    /// <summary>Finds a direction and searches along it; false if it is no direction of descent or the search fails.</summary>
    protected abstract bool TrySearch();

    /// <summary>Takes up the step s and the change y of the gradient over it.</summary>
    protected abstract void Remember(ReadOnlySpan<double> s, ReadOnlySpan<double> y);

    /// <summary>Forgets everything that makes the direction another than steepest descent; false if there is nothing to forget.</summary>
    protected abstract bool TryForget();

    /// <summary>
    /// How long a step of steepest descent shall be tried: the last step's length, if not lost in rounding; at the beginning, where nothing
    /// is known of the curvature, a tenth of ‖x‖, or, at x = 0, 1.
    /// </summary>
    protected double TrialLength()
    {
        double size = Vectors.Norm(X);
        return StepLength > 0 ? Math.Max(StepLength, RoundingStep * size) : size > 0 ? FirstStep * size : 1;
    }

    private OptimizationStatus Failed()
    {
        (StepLength, Line.IsNoisy) = (0, false);
        return OptimizationStatus.LineSearchFailed;
    }

    private bool IsIdle()
    {
        double criticality = Criticality!.Value;
        _idle = Value < _lowestValue || criticality < _lowestCriticality ? 0 : _idle + 1;
        _lowestValue = Math.Min(_lowestValue, Value);
        _lowestCriticality = Math.Min(_lowestCriticality, criticality);
        return _idle >= Patience;
    }
}
