using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.LeastSquares;

/// <summary>One radius tried, and the step taken if it does what it promised.</summary>
internal sealed class LevenbergMarquardtIteration(LevenbergMarquardt method, ResidualOracle residuals) : Iteration(residuals.Oracle)
{
    // R is a pure number. The first is no bound in practice: with 1e16 the damping that is left outweighs the vanishing curvature of a
    // singular solution (Powell's function), and Gauss–Newton's linear convergence there becomes a crawl. Below the second there is no
    // step.
    private const double LargestRadius = 1e100, SmallestRadius = 1e-32, RadiusAfterGaussNewton = 1e4;
    // A model that predicts f to a thousandth is left to itself sooner: of linear residuals with dependent columns the damping would be all
    // that is to be seen.
    private const double Exact = 1e-3, GrowthIfExact = 100;

    // So many rejected steps in a row that rounding hides are the end.
    private const int MostUnseen = 3;

    // Decreases above this share of f are not held against its rounding.
    private const double Seen = 0.01;

    private const double Accepted = 1e-3, LargestBend = 0.75;

    // How much of a column's norm is left in D after a step: all of it would keep a far start's enormous columns for ever, none lets a
    // variable whose column passes through zero jump.
    private const double Remembered = 0.5;

    // Below this share of f a decrease may drown in the rounding of the residuals, which f's own magnitude does not show: they are
    // differences.
    private const double Doubtful = 1e-8;

    // A scaled gradient of this share of ‖r‖ promises a decrease of 1e-12·f, which rounding may hide: if no step can be found it is at the
    // end.
    private const double Negligible = 1e-6;

    // A gradient Jᵀr cannot be told from zero when each of its sums is down to this share of what it adds up.
    private const double RoundOff = 10 * ReductionRatio.UnitRoundOff;

    // Only where the columns explain no more of ‖r‖ may rounding be all of it.
    private const double NearlyExplained = 0.01;

    // √D at the iterate; the columns' norms, fading; the largest |xᵢ| met since the start.
    private readonly double[] _d = new double[residuals.Oracle.Dimension], _norms = new double[residuals.Oracle.Dimension];
    private readonly double[] _reach = new double[residuals.Oracle.Dimension];
    private readonly double[] _s = new double[residuals.Oracle.Dimension], _trial = new double[residuals.Oracle.Dimension];
    private long _unseen;

    // Whether the undamped step was tried since a step was accepted, and the radius that it was tried instead of.
    private bool _isWhole;
    private double _damped;
    private double _nu = 2, _lowestValue, _lowestStationarity;
    private Linearization? _at;

    public override bool UsesHessian => false;

    public override double ValueError => _at is null ? 0 : Unseen(_at);

    public override void Evaluate()
    {
        _at = Linearize(X);
        TakeUp(_at);
    }

    public override void Begin()
    {
        _nu = 2;
        Radius = method.InitialRadius;
        At.ColumnNorms(_norms);
        // A variable that begins at 0 tells nothing of its order of magnitude.
        for (int j = 0; j < Dimension; j++)
            _reach[j] = X[j] == 0 ? double.PositiveInfinity : Math.Abs(X[j]);
        (_lowestValue, _lowestStationarity, _unseen) = (Value, double.PositiveInfinity, 0);
        (_isWhole, _damped) = (false, 0);
    }

    public override OptimizationStatus? Advance()
    {
        (StepLength, Ratio) = (0, double.NaN);
        Linearization at = At;
        // There is nothing below zero, though squares that underflow may hide residuals.
        if (at.Value == 0)
            return OptimizationStatus.ConvergedGradient;
        Weigh(at);
        double predicted = at.Solve(at.Residuals, _d, Radius, _s);
        // A promise that drowns in rounding asks for a longer step, not for a shorter one: with nearly dependent columns the damping is all
        // that is to be seen.
        if (!_isWhole && predicted <= Seen * Value && predicted <= Unseen(at))
        {
            (_isWhole, _damped, Radius) = (true, Radius, Math.Max(Radius, LargestRadius));
            predicted = at.Solve(at.Residuals, _d, Radius, _s);
        }
        if (at.Offset <= method.OffsetTolerance)
            return OptimizationStatus.ConvergedGradient;
        if (Stationarity(at) <= RoundOff * Vectors.Norm(at.Residuals))
            return OptimizationStatus.ConvergedRoundOff;
        if (at.Offset <= NearlyExplained && at.Offset * Vectors.Norm(at.Residuals) <= at.Floor)
            return OptimizationStatus.ConvergedRoundOff;
        if (method.GeodesicAcceleration && !Bend(at))
            return Reject();
        Vectors.Move(X, 1, _s, _trial);
        if (_trial.AsSpan().SequenceEqual(X))
            return GiveUp();
        if (Vectors.AreFinite(_trial) && Try(at, predicted) is { } next)
        {
            Accept(next);
            return null;
        }
        // Neither f nor the gradients bear out a step that promises less than the rounding of x makes of f.
        _unseen = predicted <= Seen * Value && predicted <= Unseen(at) ? _unseen + 1 : 0;
        return _unseen == MostUnseen ? GiveUp() : Reject();
    }

    public override void Store(StateWriter state)
    {
        state.Write(Radius);
        state.Write(_nu);
        state.Write(_unseen);
        state.Write(_isWhole);
        state.Write(_damped);
        state.Write(_lowestValue);
        state.Write(_lowestStationarity);
        state.Write(_norms);
        state.Write(_reach);
    }

    public override void Restore(StateReader state)
    {
        Radius = state.ReadDouble();
        _nu = state.ReadDouble();
        _unseen = state.ReadLong();
        _isWhole = state.ReadBool();
        _damped = state.ReadDouble();
        _lowestValue = state.ReadDouble();
        _lowestStationarity = state.ReadDouble();
        state.ReadArray(_norms);
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
            ? new DenseLinearization(r, residuals.Jacobian(x), x)
            : new MatrixFreeLinearization(residuals, x, r, method.Forcing, method.Seed);
        Oracle.KeepGradient(x, at.Value, at.Gradient);
        return at;
    }

    // √D. A variable on which the residuals hardly depend may change by no more than about √R times its own size.
    private void Weigh(Linearization at)
    {
        double norm = Vectors.Norm(at.Residuals), largest = 0;
        for (int j = 0; j < Dimension; j++)
            largest = Math.Max(largest, _d[j] = Math.Max(_norms[j], norm / _reach[j]));
        // A variable that began at 0 and has no effect yet gets the largest weight that others have.
        foreach (ref double weight in _d.AsSpan())
            weight = weight > 0 ? weight : largest > 0 ? largest : 1;
    }

    // ‖D^−½·g‖, a gradient without units of the variables.
    private double Stationarity(Linearization at)
    {
        double[] scaled = new double[Dimension];
        System.Numerics.Tensors.TensorPrimitives.Divide(at.Gradient, _d, scaled);
        return Vectors.Norm(scaled);
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
            _lowestStationarity = Math.Min(_lowestStationarity, Stationarity(at));
            Ratio = next.IsFinite && Stationarity(next) < _lowestStationarity
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
        double[] norms = new double[Dimension];
        next.ColumnNorms(norms);
        for (int j = 0; j < Dimension; j++)
            _norms[j] = Math.Max(norms[j], Remembered * _norms[j]);
        for (int j = 0; j < Dimension; j++)
            _reach[j] = Math.Max(_reach[j], Math.Abs(X[j]));
        double t = 2 * Ratio - 1;
        Radius *= Math.Abs(Ratio - 1) <= Exact ? GrowthIfExact : 1 / Math.Max(1.0 / 3, 1 - t * t * t);
        if (!double.IsPositiveInfinity(method.InitialRadius))
            Radius = Math.Min(Radius, LargestRadius);
        (_nu, _unseen) = (2, 0);
        (_isWhole, _damped) = (false, 0);
    }

    // By how much the rounding of x changes f.
    private static double Unseen(Linearization at) => at.Floor * (Vectors.Norm(at.Residuals) + at.Floor);

    private OptimizationStatus? Reject()
    {
        if (_damped > 0)
            (Radius, _damped) = (_damped, 0);
        Radius = double.IsPositiveInfinity(Radius) ? RadiusAfterGaussNewton : Radius / _nu;
        _nu *= 2;
        return Radius < SmallestRadius ? GiveUp() : null;
    }

    private OptimizationStatus GiveUp() =>
        Stationarity(At) <= Negligible * Vectors.Norm(At.Residuals) ? OptimizationStatus.ConvergedRoundOff
            : OptimizationStatus.RadiusTooSmall;

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
