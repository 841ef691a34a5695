using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.NewtonModels;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim.NewtonMethods;

/// <summary>Newton's method at work.</summary>
internal sealed class NewtonIteration(Oracle oracle, Newton options) : Iteration(oracle)
{
    // Armijo's constant; the fraction by which a step that gains less must reduce the gradient.
    private const double SufficientDecrease = 1e-4, Contraction = 0.5;

    // Eigenvalues up to this multiple of δ‖H‖ tell nothing of the step's length.
    private const double Unmeasured = 10;

    private const int MostBacktracks = 60;

    private readonly SpectralModel _model = SpectralModel.For(oracle.Dimension, options.DenseLimit, options.BasisLimit);
    private readonly double[] _step = new double[oracle.Dimension], _trial = new double[oracle.Dimension],
        _trialGradient = new double[oracle.Dimension];
    private readonly SymmetricModel _symmetric = new(oracle, options.Symmetry ?? options.Verdict.Symmetry);
    private double _startNorm, _leastNorm;
    private double[] _lowest = [];

    public override bool UsesHessian => true;

    public override ReadOnlySpan<double> LowCurvature => _lowest;

    public override void Begin() => _startNorm = _leastNorm = Vectors.Norm(Gradient);

    public override OptimizationStatus? Advance()
    {
        double[] t = Form();
        if (_symmetric.Detects(X, Gradient, _step))
            t = Form();
        _lowest = _model.Direction(0, Dimension);
        return TryFullStep(_model.Slope(t)) || Search(t) ? null : OptimizationStatus.LineSearchFailed;
    }

    public override void Store(StateWriter state)
    {
        state.Write(_startNorm);
        state.Write(_leastNorm);
        _symmetric.Store(state);
    }

    public override void Restore(StateReader state)
    {
        _startNorm = state.ReadDouble();
        _leastNorm = state.ReadDouble();
        _symmetric.Restore(state);
    }

    // The model and the pure step.
    private double[] Form()
    {
        double[] gradient = _symmetric.At(X, Gradient);
        _model.Form(Oracle, _symmetric, gradient, [], Math.Min(0.1, Math.Sqrt(Vectors.Norm(Gradient) / _startNorm)));
        double[] t = new double[_model.Values.Length];
        Pure(t);
        _model.Combine(t, _step);
        return t;
    }

    private void Pure(Span<double> t)
    {
        double least = SpectralModel.LeastCurvature * _model.Norm;
        for (int j = 0; j < t.Length; j++)
            t[j] = Math.Abs(_model.Values[j]) > least ? -_model.Coefficients[j] / _model.Values[j] : 0;
    }

    // Where H = 0 there is no length to go by but that of x.
    private void Modified(Span<double> t) =>
        _model.AbsoluteStep(_model.Norm > 0 ? 0 : Vectors.Norm(Gradient) / Math.Max(1, Vectors.Norm(X)), t);

    private bool TryFullStep(double slope)
    {
        Vectors.Move(X, 1, _step, _trial);
        if (!Vectors.AreFinite(_trial) || _trial.AsSpan().SequenceEqual(X))
            return false;
        double value = Oracle.Value(_trial);
        if (!(value <= Value + 10 * ReductionRatio.UnitRoundOff * Math.Abs(Value)) || !double.IsFinite(value))
            return false;
        bool falls = slope < 0 && value <= Value + SufficientDecrease * slope;
        value = Oracle.Linearize(_trial, _trialGradient);
        double norm = Vectors.Norm(_trialGradient);
        return double.IsFinite(value) && double.IsFinite(norm) && (falls || norm <= Contraction * _leastNorm) && Take(value, norm);
    }

    private bool Search(Span<double> t)
    {
        Modified(t);
        _model.Combine(t, _step);
        double slope = _model.Slope(t), alpha = 1;
        for (int trial = 0; trial < MostBacktracks && slope < 0; trial++)
        {
            Vectors.Move(X, alpha, _step, _trial);
            if (_trial.AsSpan().SequenceEqual(X))
                return false;
            double value = Vectors.AreFinite(_trial) ? Oracle.Value(_trial) : double.NaN;
            if (value <= Value + SufficientDecrease * alpha * slope && double.IsFinite(value))
            {
                if (trial == 0 && IsUnmeasured(t))
                    GoOn(value, slope);
                value = Oracle.Linearize(_trial, _trialGradient);
                double norm = Vectors.Norm(_trialGradient);
                if (double.IsFinite(value) && double.IsFinite(norm))
                    return Take(value, norm);
            }
            // To where the parabola through f, its slope and the trial's value has its minimum.
            alpha *= double.IsFinite(value) ? Math.Clamp(-slope / (2 * ((value - Value) / alpha - slope)), 1.0 / 16, 0.5) : 1.0 / 16;
        }
        return false;
    }

    // Whether the step is longest where H is zero to rounding, so that nothing but δ set its length.
    private bool IsUnmeasured(ReadOnlySpan<double> t)
    {
        int longest = 0;
        for (int j = 1; j < t.Length; j++)
            longest = Math.Abs(t[j]) > Math.Abs(t[longest]) ? j : longest;
        return Math.Abs(_model.Values[longest]) <= Unmeasured * SpectralModel.LeastCurvature * _model.Norm;
    }

    // The step is doubled as long as f goes on falling by half of what its slope says.
    private void GoOn(double value, double slope)
    {
        double alpha = 1;
        for (int doubling = 0; doubling < MostBacktracks; doubling++)
        {
            Vectors.Move(X, 2 * alpha, _step, _trial);
            double next = Vectors.AreFinite(_trial) ? Oracle.Value(_trial) : double.NaN;
            if (!double.IsFinite(next) || !(next <= value + 0.5 * alpha * slope))
                break;
            (alpha, value) = (2 * alpha, next);
        }
        Vectors.Move(X, alpha, _step, _trial);
    }

    private bool Take(double value, double norm)
    {
        StepLength = Vectors.Distance(_trial, X);
        _trial.CopyTo(X, 0);
        _trialGradient.CopyTo(Gradient, 0);
        Value = value;
        _leastNorm = Math.Min(_leastNorm, norm);
        return true;
    }
}
