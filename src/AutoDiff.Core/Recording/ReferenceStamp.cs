using System.Runtime.CompilerServices;

namespace AutoDiff.Engine;

/// <summary>
/// A sample of a constant array that a recording refers to, by which a later change is noticed: at most 64 numbers, evenly spread, bit for
/// bit.
/// </summary>
internal static class ReferenceStamp
{
    private const int SampleSize = 64;

    private const ulong Prime = 1099511628211;

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
        ref double first = ref ArrayView.First(array, 0);
        // FNV-1a, a word at a time, in four strands that do not wait for one another.
        const ulong basis = 14695981039346656037;
        (ulong a, ulong b, ulong c, ulong d) = (basis, basis + 1, basis + 2, basis + 3);
        int i = 0;
        for (; i <= count - 4; i += 4)
        {
            a = Mix(a, ref first, i * step);
            b = Mix(b, ref first, (i + 1) * step);
            c = Mix(c, ref first, (i + 2) * step);
            d = Mix(d, ref first, (i + 3) * step);
        }
        for (; i < count; i++)
            a = Mix(a, ref first, i * step);
        return (((a * Prime ^ b) * Prime ^ c) * Prime ^ d) * Prime;
    }

    private static ulong Mix(ulong hash, ref double first, long place) =>
        (hash ^ BitConverter.DoubleToUInt64Bits(Unsafe.Add(ref first, (nint)(place >> FractionBits)))) * Prime;
}
