namespace AutoDiff.Engine;

/// <summary>A pool that gives up what has been idle for long.</summary>
internal interface IGivesUp
{
    /// <summary>Gives up what was last needed before the given number of full collections; true if nothing is left.</summary>
    bool GiveUp(int collections);
}

/// <summary>
/// Large buffers and the memory of the process: pools give idle ones up after full collections, and before another is taken there must be
/// room for it. A process that takes what is not there is ended by the system without a word.
/// </summary>
internal static class LargeMemory
{
    // Buffers from this size on are worth a full collection, which takes milliseconds where theirs takes a tenth of a second.
    private const long Large = 256L << 20;

    // What other processes, the stacks and the runtime may need in a moment.
    private const double MostOfMemory = 0.85;

    private static readonly List<IGivesUp> s_pools = [];
    private static bool s_isWatching;

    /// <summary>Adds a pool that lives as long as the process.</summary>
    public static void Register(IGivesUp pool)
    {
        lock (s_pools)
            s_pools.Add(pool);
    }

    /// <summary>Sees to it that idle objects are looked at after the next collections, until none is left.</summary>
    public static void Watch()
    {
        if (Volatile.Read(ref s_isWatching))
            return;
        lock (s_pools)
        {
            if (!s_isWatching)
                _ = new Sentinel();
            Volatile.Write(ref s_isWatching, true);
        }
    }

    /// <summary>Throws unless there is room for a further buffer of so many bytes.</summary>
    /// <exception cref="RecordingLimitException">The memory that the runtime may use, or that the system has, would come to its
    /// end.</exception>
    public static void Require(long bytes)
    {
        if (bytes < Large || HasRoom(bytes, GCCollectionMode.Forced))
            return;
        GiveUpAll();
        if (!HasRoom(bytes, GCCollectionMode.Aggressive))
            throw Exhausted(bytes, null);
    }

    /// <summary>A buffer of <paramref name="length"/> elements that does not move.</summary>
    public static unsafe T[] Allocate<T>(int length) where T : unmanaged
    {
        Require(length * (long)sizeof(T));
        try
        {
            return GC.AllocateUninitializedArray<T>(length, pinned: true);
        }
        catch (OutOfMemoryException)
        {
            GiveUpAll();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, true, true);
        }
        try
        {
            return GC.AllocateUninitializedArray<T>(length, pinned: true);
        }
        catch (OutOfMemoryException e)
        {
            throw Exhausted(length * (long)sizeof(T), e);
        }
    }

    // Earlier and smaller copies of a buffer that grew are garbage, and count until they are collected.
    private static bool HasRoom(long bytes, GCCollectionMode mode)
    {
        GC.Collect(GC.MaxGeneration, mode, true, mode == GCCollectionMode.Aggressive);
        GCMemoryInfo info = GC.GetGCMemoryInfo();
        return info.MemoryLoadBytes + bytes <= MostOfMemory * info.TotalAvailableMemoryBytes;
    }

    private static void GiveUpAll()
    {
        lock (s_pools)
        {
            foreach (IGivesUp pool in s_pools)
                pool.GiveUp(int.MaxValue);
        }
    }

    private static RecordingLimitException Exhausted(long bytes, Exception? inner)
    {
        GCMemoryInfo info = GC.GetGCMemoryInfo();
        return new RecordingLimitException(
            $"A recording and its sweeps need a further buffer of {bytes:N0} bytes, which would bring the memory in use from {info.MemoryLoadBytes:N0} " +
            $"near the {info.TotalAvailableMemoryBytes:N0} bytes that there are. Record array operations (VarVector) in place of scalar ones, or sum over data in batches.",
            inner);
    }

    // Its finalizer runs after collections: of the youngest generation at first, then, having survived them, of the oldest.
    private sealed class Sentinel
    {
        ~Sentinel()
        {
            int collections = GC.CollectionCount(GC.MaxGeneration) - 1;
            lock (s_pools)
            {
                bool areEmpty = true;
                foreach (IGivesUp pool in s_pools)
                    areEmpty &= pool.GiveUp(collections);
                if (areEmpty)
                    Volatile.Write(ref s_isWatching, false);
                else
                    GC.ReRegisterForFinalize(this);
            }
        }
    }
}
