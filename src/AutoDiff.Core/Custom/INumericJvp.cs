namespace AutoDiff;

/// <summary>The Jacobian-vector product of an <see cref="ArrayFunction"/> in plain numbers.</summary>
public interface INumericJvp
{
    /// <summary>Writes ẏ = ∂F(x)·ẋ, given y = F(x), to <paramref name="yDot"/>, which holds zeros.</summary>
    void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> xDot, Span<double> yDot);
}
