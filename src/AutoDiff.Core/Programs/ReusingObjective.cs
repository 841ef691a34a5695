namespace AutoDiff.Engine;

/// <summary>An objective that runs its lambda at every call, and differentiates what has been recorded before by its program.</summary>
internal sealed class ReusingObjective(Objective origin) : Objective
{
    private readonly Recurrence _recurrence = new();

    public override Var Value(VarVector x) => origin.Value(x);

    public override double Value(ReadOnlySpan<double> x) => origin.Value(x);

    public override void Check(ReadOnlySpan<double> x) => origin.Check(x);

    public override Objective Compile(ReadOnlySpan<double> x, CompileOptions? options = null) => origin.Compile(x, options);

    public override Objective Reusing() => this;

    /// <summary>What became of the recordings that have come often enough.</summary>
    public override string ToString() => _recurrence.ToString();

    internal override Var Evaluate(Recorder recorder)
    {
        recorder.KeepConstantsApart();
        return base.Evaluate(recorder);
    }

    internal override void Differentiate(Recorder recorder, Var y, Span<double> gradient)
    {
        Recording recording = recorder.Flush();
        if (_recurrence.Find(recording, y.Slot, out OpenConstants open) is not { } program
            || !program.TryScheduled(recording.Inputs, open, gradient, default, default, out _, out _))
            base.Differentiate(recorder, y, gradient);
    }

    internal override void Multiply(Recorder recorder, Var y, ReadOnlySpan<double> v, Span<double> result)
    {
        Recording recording = recorder.Flush();
        if (_recurrence.Find(recording, y.Slot, out OpenConstants open) is not { } program
            || !program.TryScheduled(recording.Inputs, open, default, v, result, out _, out _))
            base.Multiply(recorder, y, v, result);
    }

    internal override Linearization Linearize(Recorder recorder, Var y, Span<double> gradient)
    {
        Recording recording = recorder.Flush();
        return _recurrence.Find(recording, y.Slot, out OpenConstants open) is { } program
            && program.TryLinearizeScheduled(recording.Inputs, open, gradient, out Linearization? linearization)
            ? linearization!
            : base.Linearize(recorder, y, gradient);
    }
}
