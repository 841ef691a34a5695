namespace AutoDiff.Engine;

/// <summary>Something that holds much memory and may be idle for a while.</summary>
internal interface ILarge
{
    /// <summary>How many collections of the oldest generation there had been when the memory was last needed.</summary>
    int LastNeeded { get; set; }
}

/// <summary>
/// Large idle objects of all threads. A call that comes soon finds its memory again; what no call has needed from one full garbage
/// collection to the next is given up. Safe to use from many threads.
/// </summary>
internal sealed class LargePool<T> : IGivesUp where T : class, ILarge
{
    private readonly int _capacity = Environment.ProcessorCount + 2;
    private readonly List<T> _idle = [];

    public LargePool() => LargeMemory.Register(this);

    /// <summary>One that is idle, or null.</summary>
    public T? Take()
    {
        lock (_idle)
        {
            if (_idle.Count == 0)
                return null;
            T item = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return item;
        }
    }

    /// <summary>Keeps an object for later; <paramref name="wasNeeded"/> tells whether a smaller one would not have done.</summary>
    public void Return(T item, bool wasNeeded)
    {
        if (wasNeeded)
            item.LastNeeded = GC.CollectionCount(GC.MaxGeneration);
        lock (_idle)
        {
            if (_idle.Count < _capacity)
                _idle.Add(item);
        }
        LargeMemory.Watch();
    }

    /// <inheritdoc/>
    public bool GiveUp(int collections)
    {
        lock (_idle)
        {
            _idle.RemoveAll(item => item.LastNeeded < collections);
            return _idle.Count == 0;
        }
    }
}
