namespace AutoDiff.Engine;

/// <summary>
/// The tangent of an array function's vector-Jacobian product at one (x, y, ȳ), for one direction after the other: its share of the R
/// operator. It lives within one sweep, whose memory it reads.
/// </summary>
internal abstract unsafe class SecondOrderRule : IDisposable
{
    /// <summary>x̄˙ = Σₖ ȳₖ ∇²Fₖ(x)·ẋ + ∂F(x)ᵀ·ȳ˙.</summary>
    public abstract void Apply(ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot);

    public virtual void Dispose()
    {
    }

    /// <summary>The rule for n numbers x and m numbers y and ȳ.</summary>
    public static SecondOrderRule Of(ArrayFunction function, double* x, int n, double* y, double* yBar, int m) => function switch
    {
        INumericVjpTangent rule => new Numeric(rule, x, n, y, yBar, m),
        IArrayVjp rule => new FromVjp(DerivativeMap.OfVjp(function, rule, new(x, n), new(y, m), new(yBar, m))),
        IArrayJvp rule => new FromJvp(DerivativeMap.OfJvp(function, rule, new(x, n), new(y, m), CustomRules.Ones(n)), yBar, m),
        _ => throw CustomRules.Missing(function, "The tangent of an adjoint (Hvp)", nameof(INumericVjpTangent)),
    };

    private sealed class Numeric(INumericVjpTangent rule, double* x, int n, double* y, double* yBar, int m) : SecondOrderRule
    {
        public override void Apply(ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot)
        {
            using Shield shield = Shield.Raise();
            xBarDot.Clear();
            rule.VjpTangent(new(x, n), new(y, m), new(yBar, m), xDot, yDot, yBarDot, xBarDot);
        }
    }

    // The tangent of x̄ = Vjp(x, y, ȳ).
    private sealed class FromVjp(DerivativeMap map) : SecondOrderRule
    {
        public override void Apply(
            ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot) =>
            map.Tangent(xDot, yDot, yBarDot, xBarDot);

        public override void Dispose() => map.Dispose();
    }

    // The tangent of the transposed Jvp.
    private sealed class FromJvp(DerivativeMap map, double* yBar, int m) : SecondOrderRule
    {
        public override void Apply(
            ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot) =>
            map.TransposeTangent(new(yBar, m), xDot, yDot, yBarDot, xBarDot);

        public override void Dispose() => map.Dispose();
    }
}
