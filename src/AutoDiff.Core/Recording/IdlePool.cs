namespace AutoDiff.Engine;

/// <summary>
/// Idle objects of one kind, <paramref name="capacity"/> at most; what comes back beyond is left to the garbage collector. Safe to use from
/// many threads. Unlike ConcurrentBag it has no lists of threads: these keep a bag alive whose items refer to it, and with it whatever it
/// belongs to.
/// </summary>
internal sealed class IdlePool<T>(int capacity) where T : class
{
    private readonly Lock _lock = new();
    private T?[] _idle = [];
    private int _count;

    /// <summary>The one that came back last, or null.</summary>
    public T? Take()
    {
        if (Volatile.Read(ref _count) == 0)
            return null;
        lock (_lock)
        {
            if (_count == 0)
                return null;
            T item = _idle[--_count]!;
            _idle[_count] = null;
            return item;
        }
    }

    /// <summary>Keeps an object for later, if there are not many already.</summary>
    public void Return(T item)
    {
        lock (_lock)
        {
            if (_count == capacity)
                return;
            if (_count == _idle.Length)
                Array.Resize(ref _idle, Math.Min(capacity, Math.Max(4, 2 * _count)));
            _idle[_count++] = item;
        }
    }
}

/// <summary>How much is worth keeping.</summary>
internal static class IdlePool
{
    private const long MostBytes = 256L << 20;

    /// <summary>How many objects of <paramref name="bytes"/> each: as many as may be in use at once, fewer if they are large.</summary>
    public static int CapacityFor(long bytes) => (int)Math.Clamp(MostBytes / Math.Max(1, bytes), 2, 2 * Environment.ProcessorCount + 4);
}
