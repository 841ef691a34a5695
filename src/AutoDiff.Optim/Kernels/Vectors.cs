using System.Numerics.Tensors;

namespace AutoDiff.Optim.Kernels;

/// <summary>The few operations on vectors that every method here is written in. The order of summation depends on the length alone, so
/// that results repeat to the bit.</summary>
internal static class Vectors
{
    private const double SmallestSafeSquare = 1e-140, LargestSafeSquare = 1e140;

    /// <summary>xᵀy.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => TensorPrimitives.Dot(x, y);

    /// <summary>‖x‖₂, also where the squares over- or underflow.</summary>
    public static double Norm(ReadOnlySpan<double> x)
    {
        double norm = Math.Sqrt(TensorPrimitives.SumOfSquares(x));
        if (norm is > SmallestSafeSquare and < LargestSafeSquare)
            return norm;
        double largest = LargestMagnitude(x);
        if (largest == 0 || !double.IsFinite(largest))
            return largest;
        double sum = 0;
        foreach (double element in x)
            sum += (element / largest) * (element / largest);
        return largest * Math.Sqrt(sum);
    }

    /// <summary>‖x − y‖₂.</summary>
    public static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double distance = TensorPrimitives.Distance(x, y);
        if (distance is > SmallestSafeSquare and < LargestSafeSquare)
            return distance;
        double[] difference = new double[x.Length];
        TensorPrimitives.Subtract(x, y, difference);
        return Norm(difference);
    }

    /// <summary>‖x‖∞; NaN if an element is.</summary>
    public static double LargestMagnitude(ReadOnlySpan<double> x) => x.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(x));

    /// <summary>Whether no element is infinite or NaN.</summary>
    public static bool AreFinite(ReadOnlySpan<double> x) => double.IsFinite(LargestMagnitude(x));

    /// <summary>y += αx.</summary>
    public static void AddScaled(double alpha, ReadOnlySpan<double> x, Span<double> y) => TensorPrimitives.MultiplyAdd(x, alpha, y, y);

    /// <summary>result = x + αd.</summary>
    public static void Move(ReadOnlySpan<double> x, double alpha, ReadOnlySpan<double> d, Span<double> result) =>
        TensorPrimitives.MultiplyAdd(d, alpha, x, result);

    /// <summary>result = αx.</summary>
    public static void Scale(double alpha, ReadOnlySpan<double> x, Span<double> result) => TensorPrimitives.Multiply(x, alpha, result);

    /// <summary>result = −x.</summary>
    public static void Negate(ReadOnlySpan<double> x, Span<double> result) => TensorPrimitives.Negate(x, result);

    /// <summary>result = x − y.</summary>
    public static void Subtract(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> result) =>
        TensorPrimitives.Subtract(x, y, result);
}
