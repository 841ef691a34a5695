namespace AutoDiff.Engine;

/// <summary>Recordings that local models have given back, a few per thread.</summary>
internal static class RecordingPool
{
    private const int Capacity = 4;
    private const long LargestKept = 1L << 30;

    [ThreadStatic] private static Stack<Recording>? t_idle;

    public static Recording Take() => t_idle is { Count: > 0 } idle ? idle.Pop() : new Recording();

    public static void Return(Recording recording)
    {
        if (recording.Pool is { } replicas)
        {
            replicas.Return(recording);
            return;
        }
        Stack<Recording> idle = t_idle ??= new Stack<Recording>(Capacity);
        if (idle.Count < Capacity && recording.BytesHeld <= LargestKept)
        {
            recording.Clear();
            idle.Push(recording);
        }
    }
}
