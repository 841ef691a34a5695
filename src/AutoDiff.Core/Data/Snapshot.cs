namespace AutoDiff.Engine;

/// <summary>
/// The numbers of all declared parameters at one moment. An evaluation takes the latest one as it begins and reads every parameter by it,
/// whoever sets them meanwhile: another thread, or its own lambda.
/// </summary>
/// <remarks>
/// A snapshot holds no numbers. Each <see cref="Data.Set"/> makes a new one and leaves in the one before what it replaced, so the numbers
/// at a moment are those that the first change after it replaced, or else the latest. Snapshots refer to later ones only: what no
/// evaluation under way needs is garbage.
/// </remarks>
internal sealed class Snapshot
{
    private static readonly Lock s_lock = new();
    private static Snapshot s_latest = new();

    [ThreadStatic] private static Snapshot? t_held;

    // What the change that ended this moment replaced; written before the next snapshot is.
    private Data? _changed;
    private double[]? _replaced;
    private Snapshot? _next;

    /// <summary>The snapshot of the evaluation under way on this thread; if there is none, the latest.</summary>
    public static Snapshot Current => Recorder.Current?.Snapshot ?? t_held ?? Volatile.Read(ref s_latest);

    /// <summary>The numbers of a parameter at this moment; <paramref name="place"/> holds the latest ones.</summary>
    public double[] Values(Data parameter, ref double[] place)
    {
        double[] latest = Volatile.Read(ref place);
        for (Snapshot s = this; Volatile.Read(ref s._next) is { } next; s = next)
        {
            if (ReferenceEquals(s._changed, parameter))
                return s._replaced!;
        }
        return latest;
    }

    /// <summary>Gives a parameter other numbers from now on.</summary>
    public static void Replace(Data parameter, ref double[] place, double[] values)
    {
        lock (s_lock)
        {
            Snapshot ended = s_latest, next = new();
            (ended._changed, ended._replaced) = (parameter, place);
            Volatile.Write(ref ended._next, next);
            Volatile.Write(ref place, values);
            Volatile.Write(ref s_latest, next);
        }
    }

    /// <summary>Until it is disposed of, evaluations on this thread are of this moment.</summary>
    public Held Hold()
    {
        Held held = new(true, t_held);
        t_held = this;
        return held;
    }

    /// <summary>Holds nothing.</summary>
    public static Held Nothing() => default;

    /// <summary>Gives back what was held before.</summary>
    public readonly ref struct Held(bool holds, Snapshot? before)
    {
        private readonly bool _holds = holds;
        private readonly Snapshot? _before = before;

        public void Dispose()
        {
            if (_holds)
                t_held = _before;
        }
    }
}
