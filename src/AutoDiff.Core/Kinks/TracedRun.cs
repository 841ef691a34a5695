namespace AutoDiff.Engine;

/// <summary>
/// A run of a lambda through its kinks, on given sides: f as the smooth function that it is there, and the arguments of the kinks that are
/// near. A part of the memory of a recording; immutable.
/// </summary>
internal sealed class TracedRun
{
    private readonly Recording? _recording;
    private readonly Results _result;
    private readonly Objective? _smooth;
    private readonly Dictionary<TracedKink, Results> _arguments = [];

    // The sweeps that distances may take, in slots swept.
    private const long Effort = 200_000_000;
    private const int MostMeasured = 1000;

    private TracedRun(Recorder recorder, Var y, KinkTrace trace, double radius)
    {
        Kinks = trace.Kinks;
        Opaque = trace.Opaque;
        EscapedValue = recorder.Flush().EscapedValue;
        KinkDistances distances = new(recorder, Kinks);
        IReadOnlyList<TracedKink> near = distances.Nearest(radius, (int)Math.Clamp(Effort / (1 + recorder.SlotCount), 16, MostMeasured));
        foreach (TracedKink kink in near)
            _arguments[kink] = Results.Of(kink.U.In(recorder) - kink.W.In(recorder));
        distances.Measure(recorder.Flush(), _arguments);
        Value = y.Primal;
        _result = Results.Of(y);
        _recording = recorder.Seal();
        _recording.Guards = [];
    }

    private TracedRun(DataObjective smooth, RowKinks kinks, double value)
    {
        (_smooth, Value, Kinks, Opaque, EscapedValue) = (smooth, value, [.. kinks.Nearest], kinks.Opaque, kinks.EscapedValue);
    }

    /// <summary>f(x).</summary>
    public double Value { get; }

    /// <summary>The kinks, in the order in which they were met.</summary>
    public IReadOnlyList<TracedKink> Kinks { get; }

    /// <summary>Functions that may have kinks which are not seen.</summary>
    public IReadOnlyCollection<string> Opaque { get; }

    /// <summary>How a number left the recording, so that what follows from it does not show; or null.</summary>
    public string? EscapedValue { get; }

    /// <summary>Runs f at <paramref name="x"/>, on the sides that are forced and elsewhere on those that the numbers say. Distances are
    /// exact for the kinks within <paramref name="radius"/>, as far as they are not too many.</summary>
    public static TracedRun Of(Objective f, ReadOnlySpan<double> x, IReadOnlyDictionary<int, Sides> forced, double radius)
    {
        // Where no row has a kink that is near, a sum over rows is the smooth function itself.
        if (forced.Count == 0 && f is DataObjective data && RowKinks.Of(data, x) is { } kinks && !(kinks.LeastDistance <= radius))
            return new TracedRun(data, kinks, data.Value(x));
        Recorder recorder = Recorder.Begin(x);
        try
        {
            KinkTrace trace = recorder.Trace(forced);
            Var y = f.Value(recorder.Inputs);
            if (!y.IsConstant)
                y.Checked("The lambda's result");
            recorder.Kinks = null;
            return new TracedRun(recorder, y, trace, radius);
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>The smooth function that f is on these sides, at every point.</summary>
    public Objective Piece => _smooth ?? new PieceObjective(_recording!, _result);

    /// <summary>The argument of one of the kinks that are near.</summary>
    public Objective ArgumentOf(TracedKink kink) => new PieceObjective(_recording!, _arguments[kink]);

    /// <summary>Whether the kink's argument is at hand.</summary>
    public bool HasArgument(TracedKink kink) => _arguments.ContainsKey(kink);
}
