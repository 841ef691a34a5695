namespace AutoDiff.Engine;

/// <summary>
/// A sample of the constant arrays that a recording refers to, by which a later change is noticed: at most 64 numbers of each, evenly spread, bit for bit.
/// </summary>
internal readonly struct ReferenceStamp
{
    private const int SampleSize = 64;

    private readonly ulong _hash;

    public ReferenceStamp(Recording recording) => _hash = Hash(recording);

    public void Verify(Recording recording)
    {
        if (Hash(recording) != _hash)
            throw new InvalidOperationException("A constant array that the recording refers to has changed since it was recorded. Constant arrays are referenced, not copied: leave them as they are, or give the lambda a copy.");
    }

    private static ulong Hash(Recording recording)
    {
        ulong hash = 14695981039346656037; // FNV-1a, a word at a time.
        foreach (object reference in recording.References)
        {
            if (reference is not (double[] or double[,]))
                continue;
            Array array = (Array)reference;
            int length = array.Length;
            for (int i = 0, count = Math.Min(length, SampleSize); i < count; i++)
            {
                int index = (int)((long)i * length / count);
                hash = (hash ^ BitConverter.DoubleToUInt64Bits(ArrayView.First(array, index))) * 1099511628211;
            }
        }
        return hash;
    }
}
