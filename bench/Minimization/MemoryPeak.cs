using System.Runtime.CompilerServices;

namespace AutoDiff.Bench.Minimization;

/// <summary>By how much the process's working set rises at most while something runs, native memory and garbage included.</summary>
internal static class MemoryPeak
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (T Result, long Bytes) Of<T>(Func<T> run)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long before = Environment.WorkingSet, peak = before;
        using CancellationTokenSource end = new();
        Thread watch = new(() =>
        {
            while (!end.Token.WaitHandle.WaitOne(s_interval))
                peak = Math.Max(peak, Environment.WorkingSet);
        });
        watch.Start();
        T result = run();
        peak = Math.Max(peak, Environment.WorkingSet);
        end.Cancel();
        watch.Join();
        return (result, peak - before);
    }
}
