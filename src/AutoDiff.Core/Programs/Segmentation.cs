namespace AutoDiff.Engine;

/// <summary>Divides the instances of a group so that its streams run evenly within a segment.</summary>
internal sealed class Segmentation
{
    /// <summary>Stretches shorter than this on average are not worth their beginning and end.</summary>
    public const int ShortestStretch = 24;

    private readonly List<int> _starts = [], _breaks = [];

    /// <summary>The instances at which segments begin, and the last one's end: wherever a stream that has few stretches begins
    /// another.</summary>
    public int[] Divide(ReadOnlySpan<Stream> streams, int count)
    {
        int most = count / ShortestStretch;
        _starts.Clear();
        foreach (Stream stream in streams)
        {
            if (most > 0 && stream.TryFindBreaks(most, _breaks))
                _starts.AddRange(_breaks);
        }
        if (_starts.Count == 0)
            return [0, count];
        _starts.Sort();
        int distinct = 1;
        for (int i = 1; i < _starts.Count; i++)
        {
            if (_starts[i] != _starts[i - 1])
                _starts[distinct++] = _starts[i];
        }
        return distinct > 2 * most ? [0, count] : [0, .. _starts[..distinct], count];
    }
}
