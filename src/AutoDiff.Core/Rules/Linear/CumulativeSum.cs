using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>yᵢ = x₀ + … + xᵢ; transposed, the sum from the end.</summary>
internal readonly struct CumulativeSum : ILinearRule
{
    public static void Apply<T>(in LinearArguments _, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        T sum = T.Constant(Zeros.Structural);
        for (int i = 0; i < x.Length; i++)
            y[i] = sum += x[i];
    }

    public static void TransposeAdd<T>(in LinearArguments _, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T>
    {
        T sum = T.Constant(Zeros.Structural);
        for (int i = xBar.Length - 1; i >= 0; i--)
            xBar[i] += sum += yBar[i];
    }
}
