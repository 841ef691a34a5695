using AutoDiff.Kernels;

namespace AutoDiff.Engine;

// What an objective asks of a program.
internal sealed unsafe partial class Program
{
    /// <summary>f(x), if the lambda would take this way at <paramref name="x"/>.</summary>
    public bool TryValue(ReadOnlySpan<double> x, out double value)
    {
        if (Schedule is not null && TryScheduled(x, default, default, default, default, out value, out bool holds))
            return holds;
        Recording? replica = Replay(x);
        value = replica is null ? 0 : Value(replica);
        return Returned(replica);
    }

    /// <summary>∇f(x) and f(x), if the lambda would take this way at <paramref name="x"/>.</summary>
    public bool TryGradient(ReadOnlySpan<double> x, Span<double> gradient, out double value)
    {
        if (Schedule is not null && TryScheduled(x, default, gradient, default, default, out value, out bool holds))
            return holds;
        Recording? replica = Replay(x);
        value = replica is null ? 0 : Value(replica);
        if (replica is not null)
            Differentiate(replica, default, gradient);
        return Returned(replica);
    }

    /// <summary>∇²f(x)·v and f(x), if the lambda would take this way at <paramref name="x"/>.</summary>
    public bool TryHessianProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> result, out double value)
    {
        if (Schedule is not null && TryScheduled(x, default, default, v, result, out value, out bool holds))
            return holds;
        Recording? replica = Replay(x);
        value = replica is null ? 0 : Value(replica);
        if (replica is not null)
            Differentiate(replica, v, result);
        return Returned(replica);
    }

    /// <summary>What is kept at <paramref name="x"/> for products with the Hessian, and ∇f(x), if the lambda would take this way there;
    /// otherwise null.</summary>
    public Linearization? TryLinearize(ReadOnlySpan<double> x, Span<double> gradient)
    {
        if (Schedule is not null && TryLinearizeScheduled(x, default, gradient, out Linearization? linearization))
            return linearization;
        return Replay(x) is { } replica ? Swept(replica, gradient) : null;
    }

    /// <summary>The same by the sweeps, at the point whose values, those of parameters among them, the workspace holds.</summary>
    internal Linearization SweepAgain(ScheduleWorkspace point) =>
        Swept(Replay(new ReadOnlySpan<double>(point.Values, Dimension), point)!, new double[Dimension]);

    private Linearization Swept(Recording replica, Span<double> gradient)
    {
        if (!_results.AreConstant)
            return new SweptLinearization(replica, _results.First, gradient);
        gradient.Clear();
        Returned(replica);
        return new ConstantLinearization(_results.Constants[0], OperationCount);
    }

    /// <summary>The gradient at <paramref name="x"/>, or the product with <paramref name="v"/>, or just the value, by the schedule; false
    /// if something is not finite: then the sweeps are to judge what of it counts.</summary>
    public bool TryScheduled(
        ReadOnlySpan<double> x, OpenConstants open, Span<double> gradient, ReadOnlySpan<double> v, Span<double> product, out double value,
            out bool holds)
    {
        ScheduleWorkspace w = TakeWorkspace();
        open.CopyTo(w.OpenConstants);
        try
        {
            bool wantsGradient = !gradient.IsEmpty || !product.IsEmpty;
            holds = wantsGradient ? Schedule!.Differentiate(w, x, out value) : Schedule!.Evaluate(w, x, out value);
            if (!holds)
                return true;
            if (!double.IsFinite(value))
                return false;
            // The sweeps, if they have to judge, need the point: it may share its memory with the gradient.
            if (!gradient.IsEmpty && !gradient.Overlaps(x))
                return Finite.Copy(w.Bars, gradient);
            if (wantsGradient && !Finite.AreAll(w.Bars, Dimension))
                return false;
            if (!product.IsEmpty)
            {
                Schedule.Multiply(w, v);
                if (!Finite.AreAll(w.BarDots(0), Dimension))
                    return false;
                new ReadOnlySpan<double>(w.BarDots(0), Dimension).CopyTo(product);
            }
            if (!gradient.IsEmpty)
                new ReadOnlySpan<double>(w.Bars, Dimension).CopyTo(gradient);
            return true;
        }
        catch (Exception) when (CallsUserCode)
        {
            (value, holds) = (0, false); // As in a replay: let the lambda run.
            return true;
        }
        finally
        {
            ReturnWorkspace(w);
        }
    }

    /// <summary>What the schedule keeps at <paramref name="x"/>; null if a comparison comes out otherwise, and false if something is not
    /// finite.</summary>
    public bool TryLinearizeScheduled(ReadOnlySpan<double> x, OpenConstants open, Span<double> gradient, out Linearization? linearization)
    {
        linearization = null;
        Schedule schedule = Schedule!;
        ScheduleWorkspace w = TakeWorkspace();
        open.CopyTo(w.OpenConstants);
        double value;
        bool holds;
        try
        {
            holds = schedule.Differentiate(w, x, out value);
        }
        catch (Exception) when (CallsUserCode)
        {
            (value, holds) = (0, false);
        }
        bool isFinite = double.IsFinite(value) && Finite.AreAll(w.Bars, Dimension);
        if (!holds || !isFinite)
        {
            ReturnWorkspace(w);
            return !holds;
        }
        new ReadOnlySpan<double>(w.Bars, Dimension).CopyTo(gradient);
        linearization = new ScheduledLinearization(this, schedule, w, value);
        return true;
    }

    private double Value(Recording replica) => _results.Constants?[0] ?? replica.Values[_results.First];

    // The gradient, or with a direction the product.
    private void Differentiate(Recording replica, ReadOnlySpan<double> v, Span<double> result)
    {
        if (_results.AreConstant)
        {
            result.Clear();
            return;
        }
        Workspace w = Workspace.Rent(replica);
        try
        {
            Adjoints.Run(w, _results.First);
            if (v.IsEmpty)
                new ReadOnlySpan<double>(w.Bars, result.Length).CopyTo(result);
            else
                SecondOrder.Apply(w, _results.First, v, result);
        }
        finally
        {
            w.Return();
        }
    }

    private bool Returned(Recording? replica)
    {
        if (replica is null)
            return false;
        _replicas.Return(replica);
        return true;
    }
}
