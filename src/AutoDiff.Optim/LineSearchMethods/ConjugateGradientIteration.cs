using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.LineSearches;

namespace AutoDiff.Optim.LineSearchMethods;

/// <summary><see cref="NonlinearConjugateGradient"/> at work.</summary>
internal sealed class ConjugateGradientIteration : LineSearchIteration
{
    // ψ₁ and ψ₂ of Hager and Zhang (2005), initial(k): where φ is probed for the quadratic step, and how the step grows without it; and how
    // far it may grow with it.
    private const double Probe = 0.1, Growth = 2, MaxGrowth = 10;

    private readonly ConjugacyBound _bound;
    private readonly HagerZhang _search;
    private readonly double[] _probe;
    private double _alpha, _startNorm;
    private bool _isSteepest;
    private double[] _negative = [];
    private double _negativeCurvature;

    public ConjugateGradientIteration(Oracle oracle, NonlinearConjugateGradient options) : base(oracle)
    {
        _bound = options.Bound;
        _search = new HagerZhang(Line);
        _probe = new double[oracle.Dimension];
    }

    public override ReadOnlySpan<double> LowCurvature => _negative;

    public override void Begin()
    {
        base.Begin();
        _startNorm = Vectors.Norm(Gradient);
        (_negative, _negativeCurvature) = ([], 0);
        Restart();
    }

    public override void Store(StateWriter state)
    {
        base.Store(state);
        state.Write(_alpha);
        state.Write(_startNorm);
        state.Write(_isSteepest);
        state.Write(Direction);
        state.Write(_negativeCurvature);
        state.Write(_negative);
    }

    public override void Restore(StateReader state)
    {
        base.Restore(state);
        _alpha = state.ReadDouble();
        _startNorm = state.ReadDouble();
        _isSteepest = state.ReadBool();
        state.ReadArray(Direction);
        _negativeCurvature = state.ReadDouble();
        _negative = state.ReadArray();
    }

    protected override bool TrySearch()
    {
        double slope = Vectors.Dot(Gradient, Direction);
        if (!(slope < 0) || !Vectors.AreFinite(Direction))
            return false;
        double first = FirstTrial(slope);
        Line.Begin(X, Value, Direction, slope);
        return _search.Search(first) != LineSearchOutcome.Failed;
    }

    protected override void Remember(ReadOnlySpan<double> s, ReadOnlySpan<double> y)
    {
        _alpha = Line.Accepted.Sample.Alpha;
        RememberCurvature(s, y);
        double dy = Vectors.Dot(Direction, y);
        if (!(dy > 0))
        {
            Restart();
            return;
        }
        double beta = Math.Max(
            (Vectors.Dot(y, Gradient) - 2 * Vectors.Dot(y, y) / dy * Vectors.Dot(Direction, Gradient)) / dy, LowestBeta(y));
        Vectors.Scale(beta, Direction, Direction);
        Vectors.AddScaled(-1, Gradient, Direction);
        _isSteepest = false;
        if (!(Vectors.Dot(Direction, Gradient) < 0))
            Restart();
    }

    protected override bool TryForget()
    {
        if (_isSteepest)
            return false;
        Restart();
        return true;
    }

    private void Restart()
    {
        Vectors.Negate(Gradient, Direction);
        _isSteepest = true;
        _alpha = 0;
    }

    // dᵀg at the step's beginning is the line's slope there.
    private double LowestBeta(ReadOnlySpan<double> y)
    {
        double length = Vectors.Norm(Direction);
        return _bound == ConjugacyBound.HagerZhang2013
            ? 0.4 * (Line.InitialSlope / length / length)
            : -(_startNorm / length) * (_startNorm / Math.Min(0.01 * _startNorm, NormBefore(y)));
    }

    // ‖g − y‖, the gradient's norm at the step's beginning.
    private double NormBefore(ReadOnlySpan<double> y)
    {
        Vectors.Subtract(Gradient, y, _probe);
        return Vectors.Norm(_probe);
    }

    private void RememberCurvature(ReadOnlySpan<double> s, ReadOnlySpan<double> y)
    {
        double length = Vectors.Norm(s), curvature = Vectors.Dot(s, y) / length / length;
        if (curvature < _negativeCurvature && Vectors.Dot(s, y) < -ReductionRatio.UnitRoundOff * length * Vectors.Norm(y))
            (_negative, _negativeCurvature) = (s.ToArray(), curvature);
    }

    // initial(k), I1 and I2; at the beginning too, with a guess in place of the last step.
    private double FirstTrial(double slope)
    {
        double last = _alpha > 0 ? _alpha : TrialLength() / Vectors.Norm(Direction), probe = Probe * last;
        Vectors.Move(X, probe, Direction, _probe);
        if (_probe.AsSpan().SequenceEqual(X))
            return Growth * last;
        double rise = Oracle.Value(_probe) - Value, curvature = rise - probe * slope;
        bool isSignificant = Math.Abs(rise) > 1e4 * ReductionRatio.UnitRoundOff * Math.Abs(Value);
        if (!(double.IsFinite(rise) && rise <= 0 && curvature > 0 && isSignificant))
            return Growth * last;
        return Math.Min(-0.5 * slope * probe / curvature * probe, MaxGrowth * last);
    }
}
