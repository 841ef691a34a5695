using System.Runtime.Intrinsics;

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
    public static bool AreAll(double* numbers, long count)
    {
        Vector512<double> bits = Vector512<double>.Zero;
        long i = 0;
        for (; i <= count - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            Vector512<double> x = Vector512.Load(numbers + i);
            bits |= x - x;
        }
        bool areFinite = Vector512.EqualsAll(bits.AsUInt64(), Vector512<ulong>.Zero);
        for (; i < count; i++)
            areFinite &= double.IsFinite(numbers[i]);
        return areFinite;
    }

    /// <summary>Whether one of them is infinite.</summary>
    public static bool HasInfinity(ReadOnlySpan<double> numbers) =>
        !AreAll(numbers) && numbers.IndexOfAny(double.PositiveInfinity, double.NegativeInfinity) >= 0;

    /// <summary>Copies, and tells whether all are finite.</summary>
    public static bool Copy(double* source, Span<double> target)
    {
        Vector512<double> bits = Vector512<double>.Zero;
        int i = 0;
        fixed (double* to = target)
        {
            for (; i <= target.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            {
                Vector512<double> x = Vector512.Load(source + i);
                x.Store(to + i);
                bits |= x - x;
            }
        }
        bool areFinite = Vector512.EqualsAll(bits.AsUInt64(), Vector512<ulong>.Zero);
        for (; i < target.Length; i++)
        {
            target[i] = source[i];
            areFinite &= double.IsFinite(source[i]);
        }
        return areFinite;
    }
}
