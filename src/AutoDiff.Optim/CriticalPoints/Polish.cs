using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.CriticalPoints;

/// <summary>
/// Newton steps for ∇f = 0, up or down in f alike, to the critical point that is nearest: as long as they contract and the gradient falls.
/// </summary>
/// <remarks>
/// Neither f's scale nor x's enters. Newton steps to a critical point of finite order contract: by 2/3 at x⁴, by (p−2)/(p−1) at xᵖ. On a
/// tail such as e⁻ˣ they do not, and the point they started from is kept. A gradient that no longer falls is down to rounding if its
/// departure from the linear model does not shrink with the square of the step.
/// </remarks>
internal sealed class Polish
{
    private const int MostSteps = 60, MostSettling = 5, MostReturns = 3;

    // Longer than this part of the step before: no contraction.
    private const double Contraction = 0.95;

    private const double ShortestDamping = 1.0 / 64;

    private readonly FreeSpace _space;
    private readonly double[] _start, _step, _trial, _departure;
    private readonly double[] _trialGradient, _kept, _keptGradient;
    private double _trialValue, _keptValue;

    public Polish(FreeSpace space, ReadOnlySpan<double> z)
    {
        _space = space;
        _start = z.ToArray();
        Point = z.ToArray();
        Gradient = new double[z.Length];
        _step = new double[z.Length];
        _trial = new double[z.Length];
        _departure = new double[z.Length];
        _trialGradient = new double[z.Length];
        _kept = new double[z.Length];
        _keptGradient = new double[z.Length];
        Value = space.Linearize(z, Gradient);
    }

    /// <summary>z.</summary>
    public double[] Point { get; }

    /// <summary>f(z).</summary>
    public double Value { get; private set; }

    /// <summary>∇f(z).</summary>
    public double[] Gradient { get; }

    /// <summary>The Newton step that was left at the end: how far off the critical point may lie.</summary>
    public ReadOnlySpan<double> Remaining => _step;

    /// <summary>Whether the last steps shrank so fast that the Hessian is the critical point's.</summary>
    public bool IsQuadratic { get; private set; }

    /// <summary>How many steps were taken.</summary>
    public int Steps { get; private set; }

    /// <summary>H at <see cref="Point"/>.</summary>
    public Curvature? Curvature { get; private set; }

    /// <summary>Back to where it started, if it is lost.</summary>
    public void Return(Func<Curvature?> form)
    {
        _start.CopyTo(Point.AsSpan());
        Value = _space.Linearize(Point, Gradient);
        Steps = 0;
        Curvature = form();
        _step.AsSpan().Clear();
        Curvature?.NewtonStep(Gradient, 0, _step);
    }

    /// <summary>Takes the Hessian at the point for another one, on the complement of zero modes.</summary>
    public void Take(Curvature curvature)
    {
        Curvature = curvature;
        curvature.NewtonStep(Gradient, 0, _step);
    }

    /// <summary>Goes as far as it can. <paramref name="form"/> gives the Hessian at the point linearized last, or null when no more
    /// products may be spent.</summary>
    public PolishEnd Run(Func<Curvature?> form)
    {
        double cutoff = CriticalPoints.Curvature.Coarse, before = double.PositiveInfinity, ratioBefore = 0;
        if ((Curvature = form()) is null)
            return PolishEnd.Interrupted;
        while (true)
        {
            double size = Curvature.NewtonStep(Gradient, cutoff, _step), length = Vectors.Norm(_step), ratio = length / before;
            IsQuadratic = length == 0 || double.IsFinite(before) && ratio <= 1e-3;
            bool isNull = length <= ReductionRatio.UnitRoundOff * Vectors.Distance(Point, _start) || !Moves();
            bool isStuck = isNull || ratio > Contraction;
            if (Steps == MostSteps)
            {
                // Coarse steps leave out where there is the longest way to go.
                Curvature.NewtonStep(Gradient, 0, _step);
                IsQuadratic &= cutoff == 0;
                return PolishEnd.Contracting;
            }
            double damping = isStuck ? 0 : Accelerate(size, ratio, ratioBefore);
            if (!isStuck && damping == 0)
                damping = Damp(size);
            if (damping == 0)
            {
                if (cutoff > 0)
                {
                    (cutoff, before) = (0, double.PositiveInfinity);
                    continue;
                }
                if (isNull || IsRounding())
                    return PolishEnd.AtRounding;
                Settle(form);
                return PolishEnd.Lost;
            }
            Keep();
            Accept();
            (before, ratioBefore) = damping == 1 ? (length, ratio) : damping > 1 ? (double.PositiveInfinity, 0) : (length / Contraction, 0);
            if (form() is not { } next)
            {
                if (Curvature is DenseCurvature)
                    GoBack();
                else
                    Curvature = null;
                return PolishEnd.Interrupted;
            }
            Curvature = next;
        }
    }

    private void Keep()
    {
        Point.CopyTo(_kept, 0);
        Gradient.CopyTo(_keptGradient, 0);
        _keptValue = Value;
    }

    // A point whose Hessian is known serves better than the next one without.
    private void GoBack()
    {
        _kept.CopyTo(Point, 0);
        _keptGradient.CopyTo(Gradient, 0);
        Value = _keptValue;
        Steps--;
        _space.Linearize(Point, _trialGradient);
        Curvature!.NewtonStep(Gradient, 0, _step);
    }

    /// <summary>A step along a valley too curved for a straight one: after the Newton step, or a part of it, back to the floor by coarse
    /// ones. True if f has fallen by more than rounding; otherwise the point is as before, but has to be linearized.</summary>
    public bool FollowValley(Func<Curvature?> form)
    {
        double[] from = [.. Point], step = [.. _step], gradient = [.. Gradient];
        (double value, int steps, Curvature? curvature) = (Value, Steps, Curvature);
        for (double damping = 1; damping >= ShortestDamping; damping /= 4)
        {
            Vectors.Move(from, damping, step, _trial);
            for (int i = 0; i < MostReturns; i++)
            {
                Accept();
                if (!double.IsFinite(Value) || (Curvature = form()) is null)
                    break;
                if (Value < value - 10 * ReductionRatio.UnitRoundOff * (Math.Abs(value) + Math.Abs(Value)))
                    return true;
                Curvature.NewtonStep(Gradient, CriticalPoints.Curvature.Coarse, _step);
                Vectors.Move(Point, 1, _step, _trial);
            }
        }
        Steps = steps;
        from.CopyTo(Point, 0);
        step.CopyTo(_step, 0);
        gradient.CopyTo(Gradient, 0);
        (Value, Curvature) = (value, curvature);
        return false;
    }

    // A last step that leads nowhere may have left the steep directions unfinished; whoever looks at the point next wants them finished.
    private void Settle(Func<Curvature?> form)
    {
        for (int i = 0; i < MostSettling; i++)
        {
            double size = Curvature!.NewtonStep(Gradient, CriticalPoints.Curvature.Coarse, _step);
            if (size == 0 || Damp(size) == 0)
                break;
            Accept();
            if (form() is not { } next)
                break;
            Curvature = next;
        }
        Curvature!.NewtonStep(Gradient, 0, _step);
    }

    // Steps that shrink by a steady ratio r come short of their limit by the factor 1 − r (Aitken): taken at once.
    private double Accelerate(double size, double ratio, double ratioBefore)
    {
        if (!(ratio is > 0.4 and < Contraction && Math.Abs(ratio - ratioBefore) < 0.05 * ratio))
            return 0;
        double factor = 1 / (1 - ratio);
        return TryStep(factor, 0.1 * size) ? factor : 0;
    }

    private double Damp(double size)
    {
        for (double damping = 1; damping >= ShortestDamping; damping /= 2)
        {
            if (TryStep(damping, (1 - damping / 2) * size))
                return damping;
        }
        return 0;
    }

    private bool TryStep(double damping, double target)
    {
        Vectors.Move(Point, damping, _step, _trial);
        _trialValue = _space.Gradient(_trial, _trialGradient);
        return double.IsFinite(_trialValue) && Vectors.AreFinite(_trialGradient) && Curvature!.Size(_trialGradient) <= target;
    }

    // The departure from the linear model, at the whole step and at an eighth: curvature makes it 64 times smaller, rounding does not.
    private bool IsRounding()
    {
        double whole = Departure(1), eighth = Departure(1.0 / 8);
        return double.IsFinite(whole) && eighth >= whole / 20;
    }

    private double Departure(double damping)
    {
        TryStep(damping, 0);
        if (!double.IsFinite(_trialValue))
            return double.PositiveInfinity;
        Vectors.Move(_trialGradient, damping - 1, Gradient, _departure);
        return Curvature!.Size(_departure);
    }

    private bool Moves()
    {
        Vectors.Move(Point, 1, _step, _trial);
        return !_trial.AsSpan().SequenceEqual(Point);
    }

    private void Accept()
    {
        _trial.CopyTo(Point.AsSpan());
        Value = _space.Linearize(Point, Gradient);
        Steps++;
    }
}
