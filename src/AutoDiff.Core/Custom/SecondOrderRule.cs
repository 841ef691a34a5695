namespace AutoDiff.Engine;

/// <summary>The tangent of an array function's vector-Jacobian product at one (x, y, ȳ), for one direction after the other: its share of the R operator.</summary>
internal abstract class SecondOrderRule : IDisposable
{
    /// <summary>x̄˙ = Σₖ ȳₖ ∇²Fₖ(x)·ẋ + ∂F(x)ᵀ·ȳ˙.</summary>
    public abstract void Apply(ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot);

    public virtual void Dispose()
    {
    }

    public static SecondOrderRule Of(ArrayFunction function, double[] x, double[] y, double[] yBar) => function switch
    {
        INumericVjpTangent rule => new Numeric(rule, x, y, yBar),
        IArrayVjp rule => new FromVjp(DerivativeMap.OfVjp(function, rule, x, y, yBar)),
        IArrayJvp rule => new FromJvp(DerivativeMap.OfJvp(function, rule, x, y, CustomRules.Ones(x.Length)), yBar),
        _ => throw CustomRules.Missing(function, "The tangent of an adjoint (Hvp)", nameof(INumericVjpTangent)),
    };

    private sealed class Numeric(INumericVjpTangent rule, double[] x, double[] y, double[] yBar) : SecondOrderRule
    {
        public override void Apply(ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot)
        {
            using Shield shield = Shield.Raise();
            xBarDot.Clear();
            rule.VjpTangent(x, y, yBar, xDot, yDot, yBarDot, xBarDot);
        }
    }

    // The tangent of x̄ = Vjp(x, y, ȳ).
    private sealed class FromVjp(DerivativeMap map) : SecondOrderRule
    {
        public override void Apply(ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot) =>
            map.Tangent(xDot, yDot, yBarDot, xBarDot);

        public override void Dispose() => map.Dispose();
    }

    // The tangent of the transposed Jvp.
    private sealed class FromJvp(DerivativeMap map, double[] yBar) : SecondOrderRule
    {
        public override void Apply(ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot) =>
            map.TransposeTangent(yBar, xDot, yDot, yBarDot, xBarDot);

        public override void Dispose() => map.Dispose();
    }
}
