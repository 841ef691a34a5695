using AutoDiff.Engine;

namespace AutoDiff;

/// <summary>Limits on the memory that one recording may take. Process-wide; safe to set from any thread.</summary>
public static class RecordingLimits
{
    private static long s_maximumBytes = DefaultMaximumBytes();

    /// <summary>
    /// The most bytes that the instructions and values of one recording may hold, copies during growth included; by default half of the
    /// memory that the runtime may use. Going past it throws <see cref="RecordingLimitException"/>, and the next recording starts afresh.
    /// The sweeps add 8 bytes per slot for a gradient, 24 for a Hessian-vector product. Whatever the limit, buffers of 256 MiB or more that
    /// would bring the memory in use to 85 % of what there is are refused with the same exception.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 65,536.</exception>
    public static long MaximumBytes
    {
        get => Volatile.Read(ref s_maximumBytes);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 65_536);
            Volatile.Write(ref s_maximumBytes, value);
        }
    }

    internal static void Check(long wanted, long used, int instructions)
    {
        if (wanted > MaximumBytes)
            throw new RecordingLimitException(
                $"The recording holds {instructions:N0} operations in {used:N0} bytes and would take {wanted:N0} while it grows; RecordingLimits.MaximumBytes is {MaximumBytes:N0}. Raise it, or record array operations (VarVector) in place of scalar ones, or sum over data in batches.");
    }

    private static long DefaultMaximumBytes() => Math.Max(1L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);
}
