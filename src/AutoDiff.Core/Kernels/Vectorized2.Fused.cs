using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Kernels;

/// <content>x·y + z on machines that have no instruction for it: x64 before 2013, and what native compilation takes for granted.</content>
internal static partial class Vectorized2
{
    // Within these the parts of a product are exact.
    private const double Largest = 1e299, Smallest = 1e-285, FarAbove = 1e-240;

    /// <summary>x·y + z, rounded once: on machines without the instruction the error of the product and that of the sum are added, which is
    /// right but for a rounding in the 106th bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> FusedMultiplyAdd(Vector128<double> x, Vector128<double> y, Vector128<double> z) =>
        VectorWidth.HasFusedMultiplyAdd ? Vector128.FusedMultiplyAdd(x, y, z) : Compensated(x, y, z);

    /// <summary>x·y + z where a rounding between the two does not matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> MultiplyAdd(Vector128<double> x, Vector128<double> y, Vector128<double> z) =>
        VectorWidth.HasFusedMultiplyAdd ? Vector128.FusedMultiplyAdd(x, y, z) : x * y + z;

    // TwoProduct (G. W. Veltkamp, T. J. Dekker, Numer. Math. 18, 1971) and TwoSum (D. E. Knuth).
    internal static Vector128<double> Compensated(Vector128<double> x, Vector128<double> y, Vector128<double> z)
    {
        Vector128<double> product = x * y, sum = product + z;
        Vector128<double> size = Vector128.Abs(product), limit = Vector128.Create(Largest);
        Vector128<double> isOrdinary = Vector128.LessThan(Vector128.Max(Vector128.Max(Vector128.Abs(x), Vector128.Abs(y)),
                Vector128.Max(size, Vector128.Abs(z))), limit)
            & (Vector128.GreaterThan(size, Vector128.Create(Smallest)) | Vector128.GreaterThan(Vector128.Abs(z), Vector128.Create(FarAbove))
                | Vector128.IsZero(x) | Vector128.IsZero(y));
        if (!Vector128.EqualsAll(isOrdinary.AsInt64(), Vector128<long>.AllBitsSet))
            return Vector128.FusedMultiplyAdd(x, y, z); // In software.
        (Vector128<double> xHigh, Vector128<double> xLow) = Halves(x);
        (Vector128<double> yHigh, Vector128<double> yLow) = Halves(y);
        Vector128<double> error = (((xHigh * yHigh - product) + xHigh * yLow) + xLow * yHigh) + xLow * yLow;
        Vector128<double> added = sum - product;
        Vector128<double> rest = (product - (sum - added)) + (z - added);
        return sum + (rest + error);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<double> High, Vector128<double> Low) Halves(Vector128<double> x)
    {
        Vector128<double> lifted = x * 134217729.0; // 2²⁷ + 1
        Vector128<double> high = lifted - (lifted - x);
        return (high, x - high);
    }
}
