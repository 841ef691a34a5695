using System.Numerics.Tensors;

namespace AutoDiff.Hvp;

/// <summary>Norms that neither overflow nor underflow.</summary>
internal static class Norms
{
    /// <summary>‖a‖₂, scaled by the largest magnitude; NaN or ∞ if an element is.</summary>
    public static double Euclidean(ReadOnlySpan<double> a)
    {
        double largest = Largest(a);
        if (largest == 0 || !double.IsFinite(largest))
            return largest;
        double sum = 0;
        foreach (double element in a)
        {
            double scaled = element / largest;
            sum += scaled * scaled;
        }
        return largest * Math.Sqrt(sum);
    }

    /// <summary>‖a − b‖₂.</summary>
    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] difference = new double[a.Length];
        TensorPrimitives.Subtract(a, b, difference);
        return Euclidean(difference);
    }

    /// <summary>‖a‖∞; NaN if an element is.</summary>
    public static double Largest(ReadOnlySpan<double> a) => a.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(a));

    /// <summary>Whether every element is finite.</summary>
    public static bool AreFinite(ReadOnlySpan<double> a) => double.IsFinite(Largest(a));
}
