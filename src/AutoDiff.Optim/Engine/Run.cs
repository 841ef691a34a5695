using AutoDiff.Optim.CriticalPoints;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Symmetries;

namespace AutoDiff.Optim.Engine;

/// <summary>
/// A minimization from start to verdict: iterate until a criterion, a limit or a failure ends it; examine the point; if it is no minimum,
/// leave it and iterate again.
/// </summary>
internal sealed partial class Run(Optimizer options, Oracle oracle, Iteration iteration, Bounds? bounds, IProgress<OptimizationProgress>? progress)
{
    // f has fallen without end once it fell by this multiple of its size at the start.
    private const double UnboundedDrop = 1e20;

    // What tells a fall without end where the rounding of x, or a limit on iterations, stopped it.
    private const double LongFall = 1e12, SlopeLeft = 1e-3;

    // How far the gradient has to fall from a lower point at which it met the tolerance.
    private const double AfterEscape = 0.1;

    // At a multiple of the floor measured by three random perturbations the rounding of x can still explain the whole gradient.
    private const double FloorMargin = 10;

    private readonly Meter _minimization = oracle.Meter;
    private readonly GradientTest _test = new(iteration.Dimension, bounds);
    private readonly List<OptimizationProgress> _trace = [];
    private readonly List<SaddleEscape> _escapes = [];
    private int _iterations;
    private double _startValue, _startCriticality, _size, _roundOffFloor = double.NaN, _valueError,
        _mostTolerance = double.PositiveInfinity;
    private bool _isEvaluated;
    private CriticalPoint? _verdict;

    public OptimizationResult FromStart(ReadOnlySpan<double> x0)
    {
        x0.CopyTo(iteration.X);
        bounds?.Project(iteration.X, iteration.X);
        return Go(Start);
    }

    private OptimizationStatus? Start()
    {
        if (!Vectors.AreFinite(iteration.X))
            return OptimizationStatus.NonFiniteStart;
        iteration.Evaluate();
        oracle.HasBegun = _isEvaluated = true;
        if (!double.IsFinite(iteration.Value) || !Vectors.AreFinite(iteration.Gradient))
            return OptimizationStatus.NonFiniteStart;
        if (options.Symmetry is { } symmetry && bounds is null)
            InvarianceCheck.RequireAt(symmetry, iteration.X, iteration.Gradient, iteration.Value);
        _startValue = iteration.Value;
        iteration.Begin();
        _test.Begin(iteration.X, iteration.Gradient);
        _startCriticality = iteration.Criticality ?? Vectors.Norm(iteration.Gradient);
        _size = Math.Max(Math.Abs(_startValue), Vectors.Norm(iteration.Gradient) * Math.Max(1, Vectors.Norm(iteration.X)));
        return null;
    }

    private OptimizationResult Go(Func<OptimizationStatus?>? prepare)
    {
        OptimizationStatus status;
        Exception? cause = null;
        try
        {
            OptimizationStatus? early = prepare?.Invoke();
            status = early ?? Explained(Iterate());
            while (status.IsConverged && options.Certify && ExamineAndLeave())
            {
                _verdict = null;
                status = Explained(Iterate());
            }
        }
        catch (RunEnded end)
        {
            (status, cause) = (end.Status, end.InnerException);
        }
        // What stopped a method that cannot take a step back.
        if (status is OptimizationStatus.NonFiniteObjective or OptimizationStatus.NonFiniteGradient && oracle.HasJustThrown)
            status = OptimizationStatus.ObjectiveThrew;
        return Result(status, cause ?? oracle.LastException);
    }

    // An explicit tolerance is absolute; the default knows no units of f, and tests what the bounds leave of the gradient.
    private double Tolerance => Math.Min(AskedTolerance, _mostTolerance);

    // As long as no point has been left that met it.
    private double AskedTolerance => (options.GradientTolerance ?? _test.Tolerance) + options.RelativeGradientTolerance * _startCriticality;

    private double Tested(double criticality) =>
        options.GradientTolerance is null ? _test.Size(iteration.X, iteration.Gradient) : criticality;

    private OptimizationStatus Iterate()
    {
        while (true)
        {
            if (iteration.Criticality is { } criticality)
            {
                if (Tested(criticality) <= Tolerance && IsConfirmed())
                    return OptimizationStatus.ConvergedGradient;
                if (!double.IsFinite(criticality))
                    return OptimizationStatus.NonFiniteGradient;
            }
            if (_iterations >= options.MaxIterations)
                return OptimizationStatus.LimitIterations;
            double before = iteration.Value;
            iteration.Tolerance = Tolerance;
            OptimizationStatus? ended = iteration.Advance();
            _iterations++;
            Note();
            OptimizationProgress report = new(
                _iterations, iteration.Value, iteration.Criticality ?? double.NaN, iteration.StepLength, iteration.Radius, iteration.Ratio,
                    _minimization.Counts);
            if (options.KeepTrace)
                _trace.Add(report);
            progress?.Report(report);
            ended ??= After(before);
            if (ended is { } status)
                return status;
            if (options.CheckpointEvery > 0 && _iterations % options.CheckpointEvery == 0)
                options.OnCheckpoint?.Invoke(TakeCheckpoint());
            if (options.StopWhen?.Invoke(report) == true)
                return OptimizationStatus.Stopped;
        }
    }

    // The default test goes by curvature along steps, which may all have been steep: Newton's own step, as far as a few products show it,
    // has to be short too. Otherwise the gradient has to fall further.
    private bool IsConfirmed()
    {
        if (options.GradientTolerance is not null || Vectors.Norm(iteration.Gradient) == 0)
            return true;
        oracle.Meter = new Meter();
        try
        {
            RemainingStep left = RemainingStep.At(oracle, iteration.X, bounds);
            if (left.IsNone || left.Length > 0 && left.Length <= _test.LongestRemaining)
                return true;
        }
        catch (RunEnded)
        {
            return true;
        }
        finally
        {
            oracle.Meter = _minimization;
        }
        _test.Tighten();
        return false;
    }

    // The first step tells what curvature belongs to f's size at the start: where that is a critical point, or near one, f and its gradient
    // do not.
    private void Note()
    {
        if (iteration.Criticality is null || !iteration.IsValueKnown)
            return;
        bool isFirst = _test.Count == 0;
        _test.Note(iteration.X, iteration.Gradient);
        if (!isFirst || _test.Count == 0)
            return;
        double length = Math.Max(1, _test.StartSize);
        _size = Math.Max(_size, _test.Curvature * length * length);
    }

    // What the last step tells, whatever the method.
    private OptimizationStatus? After(double before)
    {
        if (!iteration.IsValueKnown)
            return null;
        double value = iteration.Value;
        if (_size == 0)
            _size = Math.Max(0, before - value);
        if (HasFallenWithoutEnd(value))
            return OptimizationStatus.Unbounded;
        if (!double.IsFinite(value))
            return OptimizationStatus.NonFiniteObjective;
        if (iteration.StepLength > 0)
        {
            if (iteration.StepLength <= options.StepTolerance * Vectors.Norm(iteration.X))
                return OptimizationStatus.ConvergedStep;
            if (Math.Abs(before - value) <= options.DecreaseTolerance * Math.Abs(value) && options.DecreaseTolerance > 0)
                return OptimizationStatus.ConvergedDecrease;
        }
        return null;
    }

    private bool HasFallenWithoutEnd(double value) =>
        value == double.NegativeInfinity || (iteration.Minimizes && _startValue - value > UnboundedDrop * _size);

    // Far out steps drown in the rounding of x, though f falls as it has fallen all the way: its slope is no small part of the mean one.
    private bool IsStillFalling
    {
        get
        {
            double fall = _startValue - iteration.Value, distance = _test.DistanceTo(iteration.X);
            return fall > LongFall * _size && iteration.Criticality >= SlopeLeft * (fall / distance);
        }
    }

    // What may lie behind a method's failure, beside what it knows itself.
    private OptimizationStatus Explained(OptimizationStatus status)
    {
        status = AtRoundOff(status);
        if (!iteration.Minimizes)
            return status;
        bool isStuck = status.IsFailure || status.IsConverged || status == OptimizationStatus.LimitIterations;
        return status.IsFailure && HasFallenWithoutEnd(oracle.LowestValue) || isStuck && IsStillFalling ? OptimizationStatus.Unbounded
            : status;
    }

    // A method that can find no better step has converged after all if the rounding of x explains the gradient that is left, or if the
    // decrease that Newton's step promises is less than the rounding of f; or if it stands where the tolerance that was asked for is met,
    // lower than a point that was left.
    private OptimizationStatus AtRoundOff(OptimizationStatus status)
    {
        if (status is not (OptimizationStatus.LineSearchFailed or OptimizationStatus.RadiusTooSmall or OptimizationStatus.Stalled))
            return status;
        if (_escapes.Count > 0 && iteration.Criticality is { } left && Tested(left) <= AskedTolerance)
            return OptimizationStatus.ConvergedGradient;
        RandomStream random = RandomStream.Of(options.Seed, RandomStreams.RoundOff);
        oracle.Meter = new Meter();
        try
        {
            double[] gradient = new double[iteration.Dimension];
            double value = oracle.Linearize(iteration.X, gradient);
            if (!double.IsFinite(value) || !Vectors.AreFinite(gradient))
                return status;
            _roundOffFloor = RoundOffFloor.At(oracle, iteration.X, ref random);
            double error = oracle.RoundingErrors(gradient);
            RemainingStep step = RemainingStep.At(oracle, iteration.X, bounds);
            if (iteration.Minimizes && step.IsSolved && double.IsFinite(error) && step.Decrease <= error)
                return OptimizationStatus.ConvergedRoundOff;
        }
        catch (RunEnded)
        {
            return status;
        }
        finally
        {
            oracle.Meter = _minimization;
        }
        return iteration.Criticality <= FloorMargin * _roundOffFloor ? OptimizationStatus.ConvergedRoundOff : status;
    }

    // The verdict; true if a lower point is known, to which the run has gone. What ends the examination does not undo the convergence
    // before it.
    private bool ExamineAndLeave()
    {
        Examination examination =
            new(oracle, options.Verdict with { Symmetry = options.Verdict.Symmetry ?? options.Symmetry }, bounds,
            RandomStream.Of(options.Seed, RandomStreams.Verdict + (ulong)_escapes.Count));
        oracle.Meter = new Meter();
        try
        {
            _verdict = examination.Examine(iteration.X, iteration.LowCurvature, Cost(_minimization.Counts));
            _verdict.X.CopyTo(iteration.X, 0);
            iteration.Value = oracle.Linearize(iteration.X, iteration.Gradient);
        }
        finally
        {
            oracle.Meter = _minimization;
        }
        if (!options.EscapeSaddles || options.MaxEscapes == 0 || !iteration.Minimizes)
            return false;
        try
        {
            if (FindLower(examination, _verdict) is not { } lower)
                return false;
            if (_escapes.Count >= options.MaxEscapes)
                throw new RunEnded(OptimizationStatus.LimitEscapes);
            Leave(_verdict, lower);
            return true;
        }
        catch (RunEnded)
        {
            _verdict.X.CopyTo(iteration.X, 0);
            throw;
        }
    }

    // What the minimization asked of f to first and second order, which the verdict is measured by.
    private static long Cost(Counts counts) =>
        counts.Gradients + counts.HessianVectorProducts + counts.JacobianVectorProducts + counts.VectorJacobianProducts;

    // The lowest point known: where the run came by, on the examination's way, or by the way down that it found. The polish may have
    // climbed.
    private double[]? FindLower(Examination examination, CriticalPoint point)
    {
        _valueError = 0;
        bool hasWay = point.Kind != CriticalPointKind.Minimum && examination.HasWayDown;
        if (!hasWay && !IsLower(oracle.BestValue))
            return null;
        _valueError = Math.Max(oracle.RoundingErrors(new double[iteration.Dimension]), iteration.ValueError);
        double[]? lower = hasWay ? examination.FindLower(point, _valueError) : null;
        if (hasWay && lower is null)
            _verdict = point with { Evidence =
                $"{point.Evidence} On the way down no point was found that is lower by more than the error of f ({_valueError:G2})." };
        // Far out on a curve of critical points f may round to many times what it does here.
        if (IsLower(oracle.BestValue))
        {
            oracle.Relinearize(oracle.Best);
            _valueError = Math.Max(_valueError, oracle.RoundingErrors(new double[iteration.Dimension]));
            oracle.Relinearize(iteration.X);
        }
        return IsLower(oracle.BestValue) ? [.. oracle.Best] : null;

        bool IsLower(double value) => value < iteration.Value - Rounding(iteration.X, iteration.Value, point.GradientNorm) - LeftOf(point);
    }

    // What f may still fall by to a minimum that has been examined beside it, with a gradient left and no curvature below λ: ‖g‖²/2λ.
    // Points of its valley that are lower by no more are no reason to leave it. λ is an estimate, hence twice that.
    private static double LeftOf(CriticalPoint point) =>
        point.Kind == CriticalPointKind.Minimum && point.LowestEigenvalue > point.LowestEigenvalueError
            ? point.GradientNorm / point.LowestEigenvalue * point.GradientNorm
            : 0;

    private void Leave(CriticalPoint point, double[] lower)
    {
        double length = Vectors.Distance(lower, iteration.X);
        lower.CopyTo(iteration.X, 0);
        iteration.Evaluate();
        if (!double.IsFinite(iteration.Value) || !Vectors.AreFinite(iteration.Gradient))
            throw new RunEnded(OptimizationStatus.NonFiniteGradient);
        _escapes.Add(new SaddleEscape(_iterations, point, length, iteration.Value));
        _size = Math.Max(_size, point.Value - iteration.Value);
        iteration.Begin();
        // A test that is met already at a point known not to be critical would end the run there, and the polish climb back.
        _test.Leave(iteration.X, iteration.Gradient);
        if (iteration.Criticality is { } criticality && Tested(criticality) <= Tolerance)
            _mostTolerance = AfterEscape * Tested(criticality);
    }

    private OptimizationResult Result(OptimizationStatus status, Exception? cause)
    {
        bool isIterate = status.IsConverged || !iteration.Minimizes || oracle.Best.Length == 0;
        double[] x = [.. isIterate ? iteration.X : oracle.Best];
        double value = !isIterate ? oracle.BestValue : _isEvaluated ? iteration.Value : double.NaN;
        double[] gradient = !_isEvaluated ? [] : x.AsSpan().SequenceEqual(iteration.X) ? [.. iteration.Gradient] : oracle.BestGradient;
        double criticality = gradient.Length == 0 ? double.NaN : bounds?.Criticality(x, gradient) ?? Vectors.Norm(gradient);
        return new OptimizationResult
        {
            X = x,
            Value = value,
            Gradient = gradient,
            GradientNorm = criticality,
            Status = status,
            Verdict = _verdict is not null && status.IsConverged ? _verdict : Unexamined(status, x, value, criticality),
            Counts = _minimization.Counts,
            Iterations = _iterations,
            Elapsed = oracle.Elapsed,
            Escapes = [.. _escapes],
            RoundOffFloor = _roundOffFloor,
            LowerPointSeen = status.IsConverged && iteration.Minimizes
                && oracle.BestValue < value - Rounding(x, value, criticality) - (_verdict is null ? 0 : LeftOf(_verdict)) ? oracle.Best
                : null,
            Exception = cause,
            Trace = _trace,
        };
    }

    // What the rounding of f, and by gradient and curvature that of x, may hide of f.
    private double Rounding(double[] x, double value, double criticality)
    {
        double ofX = ReductionRatio.UnitRoundOff * Vectors.Norm(x), curvature = _verdict?.HighestEigenvalue ?? 0;
        return Math.Max(2 * _valueError, 10 * ReductionRatio.UnitRoundOff * Math.Abs(value))
            + ofX * (criticality + (double.IsFinite(curvature) ? ofX * Math.Abs(curvature) : 0));
    }

    private static CriticalPoint Unexamined(OptimizationStatus status, double[] x, double value, double criticality) => new()
    {
        Kind = status.IsConverged ? CriticalPointKind.Undecided : CriticalPointKind.NotCritical,
        X = x,
        Value = value,
        GradientNorm = criticality,
        Evidence = status.IsConverged
            ? "The point was not examined: Certify is off."
            : $"The minimization did not converge ({status}), so there is no critical point to examine.",
    };
}
