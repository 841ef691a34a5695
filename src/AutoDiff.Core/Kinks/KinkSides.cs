namespace AutoDiff.Engine;

/// <summary>On which sides of its kinks a lambda goes at a point.</summary>
internal sealed class KinkSides
{
    private KinkSides(KinkTrace trace, string? escapedValue)
    {
        (Kinks, IsOpaque) = (trace.Kinks, escapedValue is not null || trace.Opaque.Count > 0);
        IsKnown = !IsOpaque && !Kinks.Exists(k => k.Kind == KinkKind.Singularity);
    }

    private KinkSides() => (Kinks, IsKnown) = ([], true);

    /// <summary>The kinks met, in order.</summary>
    public List<TracedKink> Kinks { get; }

    /// <summary>Whether something escaped or something of the user's own was called, in which there may be more.</summary>
    public bool IsOpaque { get; }

    /// <summary>Whether there can be no others: nothing escaped, nothing of the user's own was called, and nothing is singular
    /// anywhere.</summary>
    public bool IsKnown { get; }

    /// <summary>Runs f's lambda once.</summary>
    public static KinkSides Of(Objective f, ReadOnlySpan<double> x)
    {
        if (f is DataObjective data && data.IsSmoothAt(x))
            return new KinkSides();
        Recorder recorder = Recorder.Begin(x);
        try
        {
            KinkTrace trace = recorder.Trace(new Dictionary<int, Sides>());
            f.Value(recorder.Inputs);
            return new KinkSides(trace, recorder.Flush().EscapedValue);
        }
        finally
        {
            recorder.End();
        }
    }

    /// <summary>The kinks that are passed on another side than by the other run; after one at which the two part ways, no more are
    /// compared.</summary>
    public List<TracedKink> CrossedBy(KinkSides other)
    {
        List<TracedKink> crossed = [];
        int common = Math.Min(Kinks.Count, other.Kinks.Count);
        for (int i = 0; i < common; i++)
        {
            (TracedKink one, TracedKink two) = (Kinks[i], other.Kinks[i]);
            if (one.Operation != two.Operation || one.Element != two.Element || one.Row != two.Row)
                break;
            if (one.Taken != two.Taken)
                crossed.Add(one);
        }
        return crossed;
    }
}
