namespace AutoDiff.Engine;

/// <summary>What is made when it is first needed, by whichever thread needs it first.</summary>
internal static class Once
{
    /// <summary>What is known, or what is made now; of two that were made at once the second is released.</summary>
    public static T Make<T>(ref T? known, Func<T> make, Action<T> release) where T : class
    {
        if (Volatile.Read(ref known) is { } there)
            return there;
        T made = make();
        if (Interlocked.CompareExchange(ref known, made, null) is not { } first)
            return made;
        release(made);
        return first;
    }
}
