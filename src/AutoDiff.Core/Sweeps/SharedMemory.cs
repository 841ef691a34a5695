namespace AutoDiff.Engine;

/// <summary>
/// Counts who uses memory that is to be given back: one for the owner until it disposes of it, and one for each use under way. The last to
/// leave gives it back. Safe to use from many threads.
/// </summary>
internal sealed class SharedMemory(Action release)
{
    private int _users = 1;
    private int _disposed;

    /// <summary>Begins a use; false once the owner has disposed of the memory. A count that has reached zero never rises again.</summary>
    public bool TryEnter()
    {
        int users = Volatile.Read(ref _users);
        while (users > 0 && Volatile.Read(ref _disposed) == 0)
        {
            int seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
                return true;
            users = seen;
        }
        return false;
    }

    /// <summary>Ends a use.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            release();
    }

    /// <summary>The owner lets go. May be called more than once.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            Leave();
    }
}
