namespace AutoDiff.Engine;

/// <summary>
/// A sample of a constant array that a recording refers to, by which a later change is noticed: at most 64 numbers, evenly spread, bit for bit.
/// </summary>
internal static class ReferenceStamp
{
    private const int SampleSize = 64;

    // Indices in the sample go in steps of this part of an element.
    private const int FractionBits = 16;

    /// <summary>The stamp of the array as it is now; 0 for what is no array of numbers, which does not change.</summary>
    public static ulong Of(object reference)
    {
        if (reference is not (double[] or double[,]))
            return 0;
        Array array = (Array)reference;
        int length = array.Length, count = Math.Min(length, SampleSize);
        long step = count == 0 ? 0 : ((long)length << FractionBits) / count;
        ulong hash = 14695981039346656037; // FNV-1a, a word at a time.
        for (int i = 0; i < count; i++)
        {
            int index = (int)(i * step >> FractionBits);
            hash = (hash ^ BitConverter.DoubleToUInt64Bits(ArrayView.First(array, index))) * 1099511628211;
        }
        return hash;
    }
}
