using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LeastSquares;

/// <summary>One radius tried, and the step taken if it does what it promised.</summary>
internal sealed class LevenbergMarquardtIteration(LevenbergMarquardt method, ResidualOracle residuals) : Iteration(residuals.Oracle)
{
    // R is a pure number: beyond the first there is no damping left to tell from rounding, below the second no step.
    private const double LargestRadius = 1e16, SmallestRadius = 1e-32, RadiusAfterGaussNewton = 1e4;
    private const double Accepted = 1e-3, LargestBend = 0.75;

    // Below this share of f a decrease may drown in the rounding of the residuals, which f's own magnitude does not show: they are differences.
    private const double Doubtful = 1e-8;

    private readonly double[] _startNorms = new double[residuals.Oracle.Dimension], _reach = new double[residuals.Oracle.Dimension];
    private readonly double[] _d = new double[residuals.Oracle.Dimension];
    private readonly double[] _s = new double[residuals.Oracle.Dimension], _trial = new double[residuals.Oracle.Dimension];
    private double _nu = 2, _lowestValue, _lowestStationarity;
    private Linearization? _at;

    public override bool UsesHessian => false;

    public override void Evaluate()
    {
        _at = Linearize(X);
        TakeUp(_at);
    }

    public override void Begin()
    {
        _nu = 2;
        Radius = method.InitialRadius;
        At.ColumnNorms(_startNorms);
        double largest = Vectors.LargestMagnitude(_startNorms);
        foreach (ref double norm in _startNorms.AsSpan())
        {
            // A variable that has no effect yet gets the largest weight that others have.
            if (norm == 0)
                norm = largest == 0 ? 1 : largest;
        }
        // A variable that begins at 0 tells nothing of its order of magnitude.
        for (int j = 0; j < Dimension; j++)
            _reach[j] = X[j] == 0 ? double.PositiveInfinity : Math.Abs(X[j]);
        (_lowestValue, _lowestStationarity) = (Value, double.PositiveInfinity);
    }

    public override OptimizationStatus? Advance()
    {
        (StepLength, Ratio) = (0, double.NaN);
        Linearization at = At;
        Weigh(at);
        double predicted = at.Solve(at.Residuals, _d, Radius, _s);
        if (at.Offset <= method.OffsetTolerance)
            return OptimizationStatus.ConvergedGradient;
        if (method.GeodesicAcceleration && !Bend(at))
            return Reject();
        Vectors.Move(X, 1, _s, _trial);
        if (_trial.AsSpan().SequenceEqual(X))
            return OptimizationStatus.RadiusTooSmall;
        if (Vectors.AreFinite(_trial) && Try(at, predicted) is { } next)
        {
            Accept(next);
            return null;
        }
        return Reject();
    }

    public override void Store(StateWriter state)
    {
        state.Write(Radius);
        state.Write(_nu);
        state.Write(_lowestValue);
        state.Write(_lowestStationarity);
        state.Write(_startNorms);
        state.Write(_reach);
    }

    public override void Restore(StateReader state)
    {
        Radius = state.ReadDouble();
        _nu = state.ReadDouble();
        _lowestValue = state.ReadDouble();
        _lowestStationarity = state.ReadDouble();
        state.ReadArray(_startNorms);
        state.ReadArray(_reach);
    }

    // After a run was resumed, what was paid for before is computed again.
    private Linearization At
    {
        get
        {
            if (_at is not null)
                return _at;
            Meter meter = Oracle.Meter;
            Oracle.Meter = new Meter();
            try
            {
                return _at = Linearize(X);
            }
            finally
            {
                Oracle.Meter = meter;
            }
        }
    }

    private Linearization Linearize(double[] x)
    {
        double[] r = residuals.Residuals(x);
        bool isDense = method.Solver switch
        {
            LeastSquaresSolver.Dense => true,
            LeastSquaresSolver.MatrixFree => false,
            _ => (long)r.Length * x.Length <= method.DenseLimit,
        };
        Linearization at = isDense
            ? new DenseLinearization(r, residuals.Jacobian(x))
            : new MatrixFreeLinearization(residuals, x, r, method.Forcing, method.Seed);
        Oracle.KeepGradient(x, at.Value, at.Gradient);
        return at;
    }

    // √D. A variable on which the residuals hardly depend may change by no more than about √R times its own size.
    private void Weigh(Linearization at)
    {
        at.Damping(_startNorms, _d);
        double norm = Vectors.Norm(at.Residuals);
        for (int j = 0; j < Dimension; j++)
            _d[j] = Math.Max(_d[j], norm / _reach[j]);
    }

    // The linearization at the trial point if the step is good; null if it is not. Steps are judged by f, which has to reach a new low;
    // where rounding drowns that, by the gradients, and the stationarity has to: so that rounding alone cannot keep a run going.
    private Linearization? Try(Linearization at, double predicted)
    {
        double trial = residuals.Value(_trial);
        Linearization? next = null;
        Ratio = trial < _lowestValue ? ReductionRatio.FromValues(Value, trial, predicted) : double.NegativeInfinity;
        bool isDoubtful = !(Ratio > Accepted) && predicted < Doubtful * Value && Math.Abs(trial - Value) < Doubtful * Value;
        if (isDoubtful || ReductionRatio.NeedsGradients(Value, trial, predicted))
        {
            next = Linearize(_trial);
            _lowestStationarity = Math.Min(_lowestStationarity, at.Stationarity(_d));
            Ratio = next.IsFinite && next.Stationarity(_d) < _lowestStationarity
                ? ReductionRatio.FromGradients(at.Gradient, next.Gradient, _s, predicted)
                : double.NegativeInfinity;
        }
        if (!(Ratio > Accepted))
            return null;
        next ??= Linearize(_trial);
        return next.IsFinite ? next : null;
    }

    private void Accept(Linearization next)
    {
        StepLength = Vectors.Norm(_s);
        _trial.CopyTo(X, 0);
        TakeUp(next);
        _lowestValue = Math.Min(_lowestValue, Value);
        for (int j = 0; j < Dimension; j++)
            _reach[j] = Math.Max(_reach[j], Math.Abs(X[j]));
        double t = 2 * Ratio - 1;
        Radius /= Math.Max(1.0 / 3, 1 - t * t * t);
        if (!double.IsPositiveInfinity(method.InitialRadius))
            Radius = Math.Min(Radius, LargestRadius);
        _nu = 2;
    }

    private OptimizationStatus? Reject()
    {
        Radius = double.IsPositiveInfinity(Radius) ? RadiusAfterGaussNewton : Radius / _nu;
        _nu *= 2;
        return Radius < SmallestRadius ? OptimizationStatus.RadiusTooSmall : null;
    }

    private void TakeUp(Linearization at)
    {
        _at = at;
        Value = at.Value;
        at.Gradient.CopyTo(Gradient, 0);
    }

    // v + ½a in place of v; false if the second-order part is no small correction.
    private bool Bend(Linearization at)
    {
        double[] second = residuals.SecondDerivative(X, [.. _s]);
        if (!Vectors.AreFinite(second))
            return false;
        double[] a = new double[Dimension];
        at.Solve(second, _d, Radius, a);
        if (!(Scaled(a) <= LargestBend * Scaled(_s)))
            return false;
        Vectors.AddScaled(0.5, a, _s);
        return true;
    }

    // ‖D^½·s‖: how long a step is does not depend on the units of the variables.
    private double Scaled(ReadOnlySpan<double> s)
    {
        double[] scaled = new double[s.Length];
        System.Numerics.Tensors.TensorPrimitives.Multiply(s, _d, scaled);
        return Vectors.Norm(scaled);
    }
}
