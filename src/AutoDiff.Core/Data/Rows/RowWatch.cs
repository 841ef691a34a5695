namespace AutoDiff.Engine;

/// <summary>
/// One evaluation as its caller watches it: rows that are done are counted and reported, one report at a time and rising, and cancellation
/// is seen. Safe to use from many threads.
/// </summary>
internal sealed class RowWatch(IProgress<int>? progress, CancellationToken cancellation, int rowCount)
{
    private readonly Lock _gate = new();
    private long _done;
    private int _reported = -1;
    private volatile Exception? _failure;

    /// <summary>Throws if the evaluation was cancelled, or has failed on another thread.</summary>
    public void Check()
    {
        cancellation.ThrowIfCancellationRequested();
        if (_failure is not null)
            throw new OperationCanceledException("The evaluation has failed on another thread.");
    }

    /// <summary>Counts rows. Some are gone through twice (absolute zeros, further ways): the last report is left to
    /// <see cref="Complete"/>.</summary>
    public void Add(int rows)
    {
        if (progress is null)
            return;
        lock (_gate)
        {
            _done += rows;
            int done = (int)Math.Min(_done, rowCount - 1);
            if (done > _reported)
                progress.Report(_reported = done);
        }
    }

    /// <summary>Reports that all rows are done.</summary>
    public void Complete() => progress?.Report(rowCount);

    /// <summary>What ended the evaluation first; the other threads are to stop.</summary>
    public Exception? Failure => _failure;

    /// <summary>The evaluation goes on in another way.</summary>
    public void Recover() => _failure = null;

    /// <summary>Takes note of what ends the evaluation.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
            _failure ??= failure;
    }
}
