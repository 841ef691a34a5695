namespace AutoDiff.Engine;

/// <summary>Recordings that are idle: small ones by thread, a few of each; large ones of all threads together.</summary>
internal static class RecordingPool
{
    private const int Capacity = 4;

    /// <summary>Recordings that hold more are large.</summary>
    public const long SmallBytes = 8L << 20;

    private static readonly LargePool<Recording> s_large = new();

    [ThreadStatic] private static Stack<Recording>? t_idle;

    public static Recording Take() => t_idle is { Count: > 0 } idle ? idle.Pop() : new Recording();

    public static void Return(Recording recording)
    {
        if (recording.Pool is { } replicas)
        {
            replicas.Return(recording);
            return;
        }
        if (recording.BytesHeld > SmallBytes)
        {
            ReturnLarge(recording);
            return;
        }
        Stack<Recording> idle = t_idle ??= new Stack<Recording>(Capacity);
        if (idle.Count < Capacity)
        {
            recording.Clear();
            idle.Push(recording);
        }
    }

    /// <summary>An idle large recording, or null.</summary>
    public static Recording? TakeLarge() => s_large.Take();

    /// <summary>Keeps a large recording that is up to date.</summary>
    public static void ReturnLarge(Recording recording)
    {
        bool wasNeeded = NeedsLarge(recording);
        recording.Clear();
        s_large.Return(recording, wasNeeded);
    }

    /// <summary>Whether one like it wants a large recording's memory.</summary>
    public static bool NeedsLarge(Recording recording) => recording.BytesUsed > SmallBytes / 2;
}
