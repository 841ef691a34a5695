using System.Numerics.Tensors;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Optim;

/// <summary>The Hessian diag(p) − p·pᵀ of the softmax cross-entropy in the logits, one block for each example; it does not depend on the
/// labels.</summary>
/// <remarks>Positive semidefinite, with the vector of ones in each block's null space. Immutable.</remarks>
public sealed class SoftmaxHessian : ILinearOperator
{
    private readonly double[] _probabilities;
    private readonly int _classes;

    /// <summary>The Hessian at <paramref name="logits"/>, which hold the examples one after the other.</summary>
    /// <exception cref="ShapeMismatchException">The logits are no multiple of the classes.</exception>
    public SoftmaxHessian(ReadOnlySpan<double> logits, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        if (logits.IsEmpty || logits.Length % classes != 0)
            throw new ShapeMismatchException($"{logits.Length} logits are not examples of {classes} classes each.");
        _classes = classes;
        _probabilities = logits.ToArray();
        for (int i = 0; i < _probabilities.Length; i += classes)
        {
            Span<double> p = _probabilities.AsSpan(i, classes);
            TensorPrimitives.Subtract(p, TensorPrimitives.Max<double>(p), p);
            TensorPrimitives.Exp<double>(p, p);
            TensorPrimitives.Divide(p, TensorPrimitives.Sum<double>(p), p);
        }
    }

    /// <summary>The number of examples.</summary>
    public int Examples => _probabilities.Length / _classes;

    /// <summary>Examples × classes.</summary>
    public int Rows => _probabilities.Length;

    /// <summary>Examples × classes.</summary>
    public int Columns => _probabilities.Length;

    /// <summary>Writes p∘(v − pᵀv) for each example's block; <paramref name="result"/> may be the same memory.</summary>
    /// <exception cref="ShapeMismatchException">A length does not fit.</exception>
    public void Apply(ReadOnlySpan<double> vector, Span<double> result)
    {
        if (vector.Length != Rows || result.Length != Rows)
            throw new ShapeMismatchException(
                $"The softmax Hessian acts on {Rows} logits; given were {vector.Length} and room for {result.Length}.");
        for (int i = 0; i < Rows; i += _classes)
        {
            ReadOnlySpan<double> p = _probabilities.AsSpan(i, _classes), v = vector.Slice(i, _classes);
            Span<double> target = result.Slice(i, _classes);
            TensorPrimitives.Subtract(v, Vectors.Dot(p, v), target);
            TensorPrimitives.Multiply(p, target, target);
        }
    }
}
