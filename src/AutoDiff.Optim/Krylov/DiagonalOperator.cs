using System.Numerics.Tensors;

namespace AutoDiff.Optim.Krylov;

/// <summary>diag(d).</summary>
internal sealed class DiagonalOperator(double[] diagonal) : ILinearOperator
{
    public int Rows => diagonal.Length;

    public int Columns => diagonal.Length;

    public void Apply(ReadOnlySpan<double> vector, Span<double> result) => TensorPrimitives.Multiply(diagonal, vector, result);
}
