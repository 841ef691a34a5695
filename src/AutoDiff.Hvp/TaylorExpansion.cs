using AutoDiff.Engine;

namespace AutoDiff.Hvp;

/// <summary>
/// An objective and its gradient along a curve x(t), by their derivatives at t = 0: φ⁽ᵏ⁾(0) of φ(t) = f(x(t)), and γ⁽ᵏ⁾(0) of
/// γ(t) = ∇f(x(t)), for k = 0 … <see cref="Order"/>. They are derivatives, not Taylor coefficients; those are φ⁽ᵏ⁾(0)/k!.
/// </summary>
/// <remarks>
/// On a line x + t·n they are the directional derivatives: φ⁽ᵏ⁾ = fᵏ[n, …, n], and γ⁽ᵏ⁾ = fᵏ⁺¹[n, …, n, ·], a vector: γ′ = ∇²f·n, and
/// γ″ = f³[n, n, ·], the third derivative with two of its places taken. Immutable; safe to share between threads; independent of the model
/// that it came from.
/// </remarks>
public sealed class TaylorExpansion
{
    /// <summary>The highest order: 4.</summary>
    public const int MaximumOrder = Taylor.MaximumOrder;

    private readonly double[] _values, _gradients;

    internal TaylorExpansion(double[] values, double[] gradients)
    {
        _values = values;
        _gradients = gradients;
    }

    /// <summary>The order of the highest derivative by t.</summary>
    public int Order => _values.Length - 1;

    /// <summary>The number of variables.</summary>
    public int Dimension => _gradients.Length / _values.Length;

    /// <summary>φ(0), φ′(0), …: derivatives, not Taylor coefficients. <see cref="Order"/> + 1 numbers.</summary>
    public ReadOnlySpan<double> Derivatives => _values;

    /// <summary>γ⁽ᵏ⁾(0), the k-th derivative of the gradient by t: <see cref="Dimension"/> numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">k is outside 0 … <see cref="Order"/>.</exception>
    public ReadOnlySpan<double> GradientDerivative(int k)
    {
        if (k < 0 || k > Order)
            throw new ArgumentOutOfRangeException(
                nameof(k), k, $"The expansion has the derivatives of orders 0 … {Order}; ask for a higher order when taking it, at most {MaximumOrder}.");
        return _gradients.AsSpan(k * Dimension, Dimension);
    }
}
