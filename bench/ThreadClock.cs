using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AutoDiff.Bench;

/// <summary>The processor time that this thread has used, which other programs' work doesn't lengthen; where the system doesn't tell, the
/// time of day.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID

    /// <summary>Nanoseconds since some fixed moment.</summary>
    public static double Now =>
        OperatingSystem.IsLinux() && ClockGetTime(ThreadCpuTime, out TimeSpec time) == 0
            ? time.Seconds * 1e9 + time.Nanoseconds
            : Stopwatch.GetElapsedTime(0).TotalNanoseconds;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public nint Seconds, Nanoseconds;
    }
}
