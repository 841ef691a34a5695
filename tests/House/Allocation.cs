namespace AutoDiff.Tests.House;

/// <summary>What an action allocates on its thread.</summary>
internal static class Allocation
{
    /// <summary>
    /// The least of five calls: a collection that other tests bring about empties the shared array pools, and the run time may allocate
    /// here while it exchanges a method for a faster one. Neither happens five times in a row.
    /// </summary>
    public static long Least(Action action)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 5; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
