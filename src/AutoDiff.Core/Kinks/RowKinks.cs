namespace AutoDiff.Engine;

/// <summary>
/// The kinks of a sum over rows, met one row after the other: the memory is that of one row and of the nearest kinks. Where no way through
/// the lambda has a comparison or an operation that is not smooth, one pass over the values is all it takes.
/// </summary>
internal sealed class RowKinks
{
    /// <summary>How many kinks are kept, the nearest.</summary>
    public const int MostKept = 1000;

    // Of one row, if distances are not exact at once.
    private const int MostMeasured = 16;

    // The farthest comes first, to make room.
    private readonly PriorityQueue<TracedKink, double> _nearest = new();

    private RowKinks()
    {
    }

    /// <summary>How many there are.</summary>
    public int TotalCount { get; private set; }

    /// <summary>Functions that may have kinks which are not seen.</summary>
    public SortedSet<string> Opaque { get; } = new(StringComparer.Ordinal);

    /// <summary>How a number left the recording of a row, so that what follows from it does not show; or null.</summary>
    public string? EscapedValue { get; private set; }

    /// <summary>The nearest kinks, in no order.</summary>
    public IEnumerable<TracedKink> Nearest => _nearest.UnorderedItems.Select(item => item.Element);

    /// <summary>The distance of the nearest one; ∞ if there is none.</summary>
    public double LeastDistance { get; private set; } = double.PositiveInfinity;

    /// <summary>Goes through the rows at <paramref name="x"/>.</summary>
    public static RowKinks Of(DataObjective data, ReadOnlySpan<double> x)
    {
        using Snapshot.Held held = Snapshot.Current.Hold();
        RowKinks kinks = new();
        if (data.IsSmoothAt(x))
            return kinks;
        for (int place = 0; place < data.RowCount; place++)
            kinks.Add(data, x, place);
        return kinks;
    }

    private void Add(DataObjective data, ReadOnlySpan<double> x, int place)
    {
        Recorder recorder = Recorder.Begin(x);
        try
        {
            KinkTrace trace = recorder.Trace(new Dictionary<int, Sides>());
            data.TermChecked(recorder.Inputs, place);
            recorder.Kinks = null;
            Opaque.UnionWith(trace.Opaque);
            EscapedValue ??= recorder.Flush().EscapedValue;
            TotalCount += trace.Kinks.Count;
            if (trace.Kinks.Count > 0)
                Keep(recorder, trace.Kinks);
        }
        finally
        {
            recorder.End();
        }
    }

    private void Keep(Recorder recorder, List<TracedKink> kinks)
    {
        KinkDistances distances = new(recorder, kinks);
        double farthest = _nearest.Count < MostKept ? double.PositiveInfinity : -Farthest;
        Dictionary<TracedKink, Results> arguments = [];
        if (!distances.AreExact)
        {
            foreach (TracedKink kink in distances.Nearest(farthest, MostMeasured))
                arguments[kink] = Results.Of(kink.U.In(recorder) - kink.W.In(recorder));
        }
        distances.Measure(recorder.Flush(), arguments);
        foreach (TracedKink kink in kinks)
        {
            LeastDistance = Math.Min(LeastDistance, kink.Distance);
            if (_nearest.Count < MostKept)
                _nearest.Enqueue(kink, -kink.Distance);
            else
                _nearest.EnqueueDequeue(kink, -kink.Distance);
        }
    }

    private double Farthest => _nearest.TryPeek(out _, out double priority) ? priority : double.NegativeInfinity;
}
