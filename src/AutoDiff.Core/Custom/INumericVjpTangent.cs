namespace AutoDiff;

/// <summary>The second-order part of an <see cref="ArrayFunction"/> in plain numbers: the tangent of its vector-Jacobian product.</summary>
public interface INumericVjpTangent
{
    /// <summary>
    /// Writes x̄˙ = d/dt ∂F(x + tẋ)ᵀ·(ȳ + tȳ˙) at t = 0, which is Σₖ ȳₖ ∇²Fₖ(x)·ẋ + ∂F(x)ᵀ·ȳ˙, to <paramref name="xBarDot"/>, which holds
    /// zeros; given y = F(x) and ẏ = ∂F(x)·ẋ.
    /// </summary>
    void VjpTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar,
        ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot);
}
