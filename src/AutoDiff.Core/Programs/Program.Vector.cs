namespace AutoDiff.Engine;

// What a function with many results asks of a program.
internal sealed unsafe partial class Program
{
    /// <summary>What is kept at <paramref name="x"/> for products with the Jacobian, if the lambda would take this way there; otherwise
    /// null.</summary>
    public VectorLinearization? TryLinearize(ReadOnlySpan<double> x)
    {
        if (Schedule is { } schedule)
        {
            ScheduleWorkspace w = TakeWorkspace();
            try
            {
                if (schedule.Evaluate(w, x))
                    return new ScheduledVectorLinearization(this, schedule, w);
            }
            catch (Exception) when (CallsUserCode)
            {
                // As in a replay: let the lambda run.
            }
            ReturnWorkspace(w);
            return null;
        }
        return Replay(x) is { } replica ? SweptVector(replica) : null;
    }

    /// <summary>The same by the sweeps, at the point whose values, those of parameters among them, the workspace holds.</summary>
    public VectorLinearization SweepVectorAgain(ScheduleWorkspace point) =>
        SweptVector(Replay(new ReadOnlySpan<double>(point.Values, Dimension), point)!);

    private VectorLinearization SweptVector(Recording replica)
    {
        if (!_results.AreConstant)
            return new SweptVectorLinearization(replica, _results.First, _results.Length);
        Returned(replica);
        return new ConstantVectorLinearization(Dimension, _results.Constants);
    }
}
