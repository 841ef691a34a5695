namespace AutoDiff;

/// <summary>The vector-Jacobian product of an <see cref="ArrayFunction"/> in plain numbers.</summary>
public interface INumericVjp
{
    /// <summary>Writes x̄ = ∂F(x)ᵀ·ȳ, given y = F(x), to <paramref name="xBar"/>, which holds zeros.</summary>
    void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar, Span<double> xBar);
}
