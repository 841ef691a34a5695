using System.Numerics.Tensors;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim.FirstOrder;

/// <summary>What RMSProp and Adam do with mean squares.</summary>
internal static class ElementwiseMoments
{
    /// <summary>s ← αs + (1 − α)g², elementwise.</summary>
    public static void AddSquare(double alpha, ReadOnlySpan<double> g, Span<double> s, Span<double> work)
    {
        TensorPrimitives.Multiply(g, g, work);
        Vectors.Scale(alpha, s, s);
        Vectors.AddScaled(1 - alpha, work, s);
    }

    /// <summary>x ← x + α·d/(√s/c + ε), elementwise; where d is 0 nothing moves, though s and ε may be 0 too.</summary>
    public static void Move(
        double alpha, ReadOnlySpan<double> d, ReadOnlySpan<double> s, double c, double epsilon, Span<double> work, Span<double> x)
    {
        TensorPrimitives.Sqrt(s, work);
        TensorPrimitives.Divide(work, c, work);
        TensorPrimitives.Add(work, epsilon, work);
        if (epsilon == 0)
            ReplaceZeros(work);
        TensorPrimitives.Divide(d, work, work);
        Vectors.AddScaled(alpha, work, x);
    }

    // A variable with s = 0 has never had a gradient: its d is 0, and 0/1 is the step it should take.
    private static void ReplaceZeros(Span<double> values)
    {
        foreach (ref double value in values)
            value = value == 0 ? 1 : value;
    }
}
