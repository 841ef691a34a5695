namespace AutoDiff.Engine;

/// <summary>Takes one of eight interleaved directions out of a block of slots, and puts it back.</summary>
internal static unsafe class Directions
{
    public static Span<double> Take(double* interleaved, int slot, int direction, Span<double> target)
    {
        double* source = interleaved + (long)slot * Eight.Count + direction;
        for (int i = 0; i < target.Length; i++)
            target[i] = source[(long)i * Eight.Count];
        return target;
    }

    public static void Put(ReadOnlySpan<double> source, double* interleaved, int slot, int direction)
    {
        double* target = interleaved + (long)slot * Eight.Count + direction;
        for (int i = 0; i < source.Length; i++)
            target[(long)i * Eight.Count] = source[i];
    }
}
