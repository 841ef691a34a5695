using System.Numerics.Tensors;

namespace AutoDiff.Rules;

/// <summary>The largest number is meant.</summary>
internal readonly struct Largest : IOrder
{
    public static double Of(double x, double y) => Math.Max(x, y);

    public static double Of(ReadOnlySpan<double> row) => TensorPrimitives.Max(row);
}
