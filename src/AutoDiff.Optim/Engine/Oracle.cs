using System.Diagnostics;
using System.Runtime.ExceptionServices;
using AutoDiff.Hvp;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.Engine;

/// <summary>
/// All that a method learns of f comes from here: counted, within limits, with the best finite point kept. Whatever ends a run in the
/// midst of an evaluation (limit, cancellation) leaves as <see cref="RunEnded"/>. Values that are not finite are returned as they are, and
/// a point at which f throws counts as infinite, with a gradient of NaN; the method has to reject them.
/// </summary>
internal sealed class Oracle : IDisposable
{
    private readonly Objective _f;
    private readonly CancellationToken _cancellation;
    private readonly TimeSpan _timeLimit;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly bool _endOnException;
    private readonly double[] _valued, _linearized, _bestGradient;
    private double _lastValue;
    private bool _hasValue, _hasBestGradient;
    private bool[] _held = [];
    private LocalModel? _model;

    /// <summary>Without options there are no limits.</summary>
    public Oracle(Objective f, int dimension, Optimizer? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(f);
        if (dimension == 0)
            throw new ArgumentException("The start has no variables; there is nothing to minimize over.", "x0");
        _f = f;
        _cancellation = cancellation;
        _timeLimit = options?.TimeLimit ?? TimeSpan.MaxValue;
        _endOnException = options?.EndOnException ?? false;
        Meter = new Meter(options?.MaxEvaluations, options?.MaxGradients, options?.MaxHessianVectorProducts);
        _valued = new double[dimension];
        _linearized = new double[dimension];
        _bestGradient = new double[dimension];
        Hessian = new CountedHessian(this);
    }

    public Objective Objective => _f;

    /// <summary>The bounds that all points lie within; null: none. Where the gradient pushes a variable onto its bound without end, as that
    /// of √x at 0, it is held there as by any multiplier: an infinite one counts as one of the size of the others, and the variable's row
    /// and column of the Hessian as zero.</summary>
    public Bounds? Bounds { get; init; }

    public int Dimension => _valued.Length;

    /// <summary>Whom evaluations are charged to: the minimization, or the verdict.</summary>
    public Meter Meter { get; set; }

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Whether f has been evaluated where the run begins: what it throws there is thrown to the caller, later it is not.</summary>
    public bool HasBegun { get; set; }

    /// <summary>What f threw last, if it did.</summary>
    public Exception? LastException { get; private set; }

    /// <summary>Whether f threw when it was asked last.</summary>
    public bool HasJustThrown { get; private set; }

    /// <summary>The lowest value seen at any point, −∞ included.</summary>
    public double LowestValue { get; private set; } = double.PositiveInfinity;

    /// <summary>The lowest finite value seen at any point, and the point; infinity before there is one.</summary>
    public double BestValue { get; private set; } = double.PositiveInfinity;

    public double[] Best { get; private set; } = [];

    /// <summary>The gradient at <see cref="Best"/>; empty if only the value was asked for there.</summary>
    public double[] BestGradient => _hasBestGradient ? _bestGradient : [];

    /// <summary>The Hessian at the point that <see cref="Linearize"/> was last called at. A product that is not finite ends the
    /// run.</summary>
    public ILinearOperator Hessian { get; }

    /// <summary>f(x). The point evaluated last costs nothing again.</summary>
    public double Value(ReadOnlySpan<double> x)
    {
        if (IsValued(x))
            return _lastValue;
        Check();
        Meter.Charge(values: 1);
        try
        {
            return Keep(x, _f.Value(x));
        }
        catch (Exception e)
        {
            return Keep(x, Infinite(e, []));
        }
    }

    /// <summary>f(x) and ∇f(x).</summary>
    public double Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        Check();
        Meter.Charge(values: IsValued(x) ? 0 : 1, gradients: 1);
        try
        {
            double value = Keep(x, _f.Gradient(x, gradient));
            Hold(x, value, gradient);
            KeepGradient(x, value, gradient);
            return value;
        }
        catch (Exception e)
        {
            return Keep(x, Infinite(e, gradient));
        }
    }

    /// <summary>f(x), ∇f(x), and the Hessian to be had from <see cref="Hessian"/>. At the point that is linearized already it costs
    /// nothing.</summary>
    public double Linearize(ReadOnlySpan<double> x, Span<double> gradient)
    {
        if (!IsLinearized(x))
        {
            Check();
            Meter.Charge(values: IsValued(x) ? 0 : 1, gradients: 1);
            try
            {
                Model(x);
            }
            catch (Exception e)
            {
                return Keep(x, Infinite(e, gradient));
            }
            _model!.Gradient.CopyTo(gradient);
            _held = Hold(x, _model.Value, gradient) ?? [];
            Keep(x, _model.Value);
            KeepGradient(x, _model.Value, gradient);
        }
        _model!.Gradient.CopyTo(gradient);
        Hold(x, _model.Value, gradient);
        return _model.Value;
    }

    /// <summary>Makes <see cref="Hessian"/> that at x, where value and gradient have been paid for before (a run that is
    /// resumed).</summary>
    public void Relinearize(ReadOnlySpan<double> x)
    {
        if (IsLinearized(x))
            return;
        try
        {
            Model(x);
        }
        catch (Exception e)
        {
            throw Ended(e);
        }
        _held = Hold(x, _model!.Value, _model.Gradient.ToArray()) ?? [];
    }

    /// <summary>The local model at the point linearized last, for derivatives of higher order; the caller counts what it takes.</summary>
    public LocalModel Local => _model ?? throw new RunEnded(OptimizationStatus.ObjectiveThrew, LastException);

    /// <summary>What rounding may have made of f at the point linearized last, and of its gradient, to be written: never less than u·|f|.
    /// Where no bound is to be had, 10u·|f|, and nothing is known of the gradient.</summary>
    public double RoundingErrors(Span<double> gradientErrors)
    {
        Check();
        double value = Math.Abs(Local.Value);
        if (Local.TryBoundRounding(gradientErrors, out double error) && double.IsFinite(error))
        {
            for (int i = 0; i < _held.Length; i++)
                gradientErrors[i] = _held[i] ? 0 : gradientErrors[i];
            return Math.Max(error, ReductionRatio.UnitRoundOff * value);
        }
        gradientErrors.Clear();
        return 10 * ReductionRatio.UnitRoundOff * value;
    }

    /// <summary>The kinks near x, the nearest first: another run of the lambda, charged as a value.</summary>
    public KinkReport Kinks(ReadOnlySpan<double> x)
    {
        Check();
        Meter.Charge(values: 1);
        try
        {
            return KinkReport.Of(_f, x);
        }
        catch (Exception e)
        {
            throw Ended(e);
        }
    }

    /// <summary>The smooth functions that meet at x, where kinks within <paramref name="radius"/> are passed on either side: a run of the
    /// lambda for each, charged as gradients.</summary>
    public SelectionSet Selections(ReadOnlySpan<double> x, double radius, int limit)
    {
        Check();
        SelectionSet selections;
        try
        {
            selections = SelectionSet.Of(_f, x, radius, limit);
        }
        catch (Exception e)
        {
            throw Ended(e);
        }
        Meter.Charge(gradients: selections.Selections.Count);
        return selections;
    }

    /// <summary>The Hessian at the point linearized last, n products.</summary>
    public double[,] DenseHessian()
    {
        Check();
        Meter.Charge(products: Dimension);
        double[,] hessian;
        try
        {
            hessian = Local.Hessian.ToDense();
        }
        catch (Exception e)
        {
            throw Ended(e);
        }
        for (int i = 0; i < _held.Length; i++)
        {
            for (int j = 0; j < _held.Length; j++)
                hessian[i, j] = _held[i] || _held[j] ? 0 : hessian[i, j];
        }
        foreach (double element in hessian)
        {
            if (!double.IsFinite(element))
                throw new RunEnded(OptimizationStatus.NonFiniteHessian);
        }
        return hessian;
    }

    /// <summary>Value and gradient of a part of f, a mini-batch: counted, but never taken for the best point.</summary>
    public double BatchGradient(Objective batch, ReadOnlySpan<double> x, Span<double> gradient)
    {
        Check();
        Meter.Charge(values: 1, gradients: 1);
        try
        {
            return batch.Gradient(x, gradient);
        }
        catch (Exception e)
        {
            return Infinite(e, gradient);
        }
    }

    /// <summary>Ends the run if it was cancelled or its time is over.</summary>
    public void Check()
    {
        HasJustThrown = false;
        if (_cancellation.IsCancellationRequested)
            throw new RunEnded(OptimizationStatus.Cancelled);
        if (_clock.Elapsed >= _timeLimit)
            throw new RunEnded(OptimizationStatus.LimitTime);
    }

    /// <summary>What f is where it threw: infinite, its derivatives NaN. Throws on what is no outcome of a run: see
    /// <see cref="Ended"/>.</summary>
    public double Infinite(Exception e, Span<double> derivatives)
    {
        RunEnded ended = Ended(e);
        if (ended.Status != OptimizationStatus.ObjectiveThrew || _endOnException || e is OperationCanceledException or MissingRuleException)
            throw ended;
        derivatives.Fill(double.NaN);
        HasJustThrown = true;
        return double.PositiveInfinity;
    }

    /// <summary>How a run ends on an exception that an evaluation threw, if it does.</summary>
    /// <remarks>Thrown on to the caller is what f throws where the run begins; that variables were misused, for inside a differentiated
    /// function a run that took note of it in a status would hand back a point as if it depended on nothing; and what no other point would
    /// mend: a recording past its limits or that cannot be replayed, arrays of lengths that do not fit, memory.</remarks>
    public RunEnded Ended(Exception e)
    {
        if (e is RunEnded ended)
            return ended;
        if (e is OperationCanceledException && _cancellation.IsCancellationRequested)
            return new RunEnded(OptimizationStatus.Cancelled, e);
        if (!HasBegun || e is VariableException or NestingException or NotReplayableException or RecordingLimitException or ShapeMismatchException
            or OutOfMemoryException or InsufficientExecutionStackException)
            ExceptionDispatchInfo.Throw(e);
        if (e is not MissingRuleException)
            LastException = e;
        return new RunEnded(OptimizationStatus.ObjectiveThrew, e);
    }

    /// <summary>Keeps a point if it is the best yet; returns its value.</summary>
    public double Keep(ReadOnlySpan<double> x, double value)
    {
        x.CopyTo(_valued);
        _lastValue = value;
        _hasValue = true;
        if (value < LowestValue)
            LowestValue = value;
        if (double.IsFinite(value) && value < BestValue)
        {
            if (Best.Length == 0)
                Best = new double[Dimension];
            x.CopyTo(Best);
            (BestValue, _hasBestGradient) = (value, false);
        }
        return value;
    }

    /// <summary>Keeps the gradient if it is the best point's.</summary>
    public void KeepGradient(ReadOnlySpan<double> x, double value, ReadOnlySpan<double> gradient)
    {
        if (value == BestValue && !_hasBestGradient && x.SequenceEqual(Best))
        {
            gradient.CopyTo(_bestGradient);
            _hasBestGradient = true;
        }
    }

    /// <summary>Takes up the best point of an interrupted run.</summary>
    public void Restore(double lowestValue, double bestValue, double[] best, double[] bestGradient)
    {
        (LowestValue, BestValue, Best, _hasBestGradient) = (lowestValue, bestValue, best, bestGradient.Length > 0);
        bestGradient.CopyTo(_bestGradient, 0);
    }

    public void Dispose() => _model?.Dispose();

    private bool IsValued(ReadOnlySpan<double> x) => _hasValue && x.SequenceEqual(_valued);

    private bool IsLinearized(ReadOnlySpan<double> x) => _model is not null && x.SequenceEqual(_linearized);

    private void Model(ReadOnlySpan<double> x)
    {
        _model?.Dispose();
        _model = null;
        _model = _f.At(x);
        x.CopyTo(_linearized);
    }

    private void Multiply(ReadOnlySpan<double> vector, Span<double> result)
    {
        Check();
        Meter.Charge(products: 1);
        try
        {
            Local.Hessian.Apply(_held.Length == 0 ? vector : Freed(vector), result);
        }
        catch (Exception e)
        {
            throw Ended(e);
        }
        for (int i = 0; i < _held.Length; i++)
            result[i] = _held[i] ? 0 : result[i];
        if (!Vectors.AreFinite(result))
            throw new RunEnded(OptimizationStatus.NonFiniteHessian);
    }

    private double[] Freed(ReadOnlySpan<double> vector)
    {
        double[] freed = vector.ToArray();
        for (int i = 0; i < freed.Length; i++)
            freed[i] = _held[i] ? 0 : freed[i];
        return freed;
    }

    // Makes multipliers that are infinite finite; tells which, null if none are.
    private bool[]? Hold(ReadOnlySpan<double> x, double value, Span<double> gradient)
    {
        if (Bounds is null || Vectors.AreFinite(gradient))
            return null;
        bool[]? held = null;
        double largest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(gradient[i]))
                largest = Math.Max(largest, Math.Abs(gradient[i]));
            else if (double.IsInfinity(gradient[i]) && Bounds.Holds(i, x[i], gradient[i]))
                (held ??= new bool[x.Length])[i] = true;
        }
        if (largest == 0)
            largest = value != 0 && double.IsFinite(value) ? Math.Abs(value) : 1;
        for (int i = 0; i < x.Length && held is not null; i++)
            gradient[i] = held[i] ? Math.Sign(gradient[i]) * largest : gradient[i];
        return held;
    }

    private sealed class CountedHessian(Oracle oracle) : ILinearOperator
    {
        public int Rows => oracle.Dimension;

        public int Columns => oracle.Dimension;

        public void Apply(ReadOnlySpan<double> vector, Span<double> result) => oracle.Multiply(vector, result);
    }
}
