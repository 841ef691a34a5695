using AutoDiff.Engine;

namespace AutoDiff.Kernels;

/// <summary>Whether numbers are finite: x − x is +0 for a finite x, all bits zero, and NaN otherwise. Bits are gathered by or, which waits
/// for the one before a quarter as long as an addition.</summary>
internal static unsafe class Finite
{
    /// <summary>Whether all are finite.</summary>
    public static bool AreAll(ReadOnlySpan<double> numbers)
    {
        fixed (double* first = numbers)
            return AreAll(first, numbers.Length);
    }

    /// <summary>Whether all of <paramref name="count"/> numbers are finite.</summary>
    public static bool AreAll(double* numbers, long count) =>
        VectorWidth.Lanes == 8 ? AreAll<Lanes8>(numbers, count)
        : VectorWidth.Lanes == 4 ? AreAll<Lanes4>(numbers, count) : AreAll<Lanes2>(numbers, count);

    private static bool AreAll<L>(double* numbers, long count) where L : struct, ILanes<L>
    {
        L bits = L.Zero;
        long i = 0;
        for (; i <= count - L.Count; i += L.Count)
        {
            L x = L.Load(ref numbers[i]);
            bits |= x - x;
        }
        bool areFinite = L.None(bits);
        for (; i < count; i++)
            areFinite &= double.IsFinite(numbers[i]);
        return areFinite;
    }

    /// <summary>Whether one of them is infinite.</summary>
    public static bool HasInfinity(ReadOnlySpan<double> numbers) =>
        !AreAll(numbers) && numbers.IndexOfAny(double.PositiveInfinity, double.NegativeInfinity) >= 0;

    /// <summary>Copies, and tells whether all are finite.</summary>
    public static bool Copy(double* source, Span<double> target) =>
        VectorWidth.Lanes == 8 ? Copy<Lanes8>(source, target)
        : VectorWidth.Lanes == 4 ? Copy<Lanes4>(source, target) : Copy<Lanes2>(source, target);

    private static bool Copy<L>(double* source, Span<double> target) where L : struct, ILanes<L>
    {
        L bits = L.Zero;
        int i = 0;
        fixed (double* to = target)
        {
            for (; i <= target.Length - L.Count; i += L.Count)
            {
                L x = L.Load(ref source[i]);
                L.Store(x, ref to[i]);
                bits |= x - x;
            }
        }
        bool areFinite = L.None(bits);
        for (; i < target.Length; i++)
        {
            target[i] = source[i];
            areFinite &= double.IsFinite(source[i]);
        }
        return areFinite;
    }
}
