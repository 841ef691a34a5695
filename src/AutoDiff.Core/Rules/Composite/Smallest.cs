using System.Numerics.Tensors;

namespace AutoDiff.Rules;

/// <summary>The smallest number is meant.</summary>
internal readonly struct Smallest : IOrder
{
    public static double Of(double x, double y) => Math.Min(x, y);

    public static double Of(ReadOnlySpan<double> row) => TensorPrimitives.Min(row);
}
