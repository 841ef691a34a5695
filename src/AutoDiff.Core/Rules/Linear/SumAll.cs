using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>y = Σ xᵢ, in a fixed order of addition.</summary>
internal readonly struct SumAll : ILinearRule
{
    public static void Apply<T>(in LinearArguments _, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T> => y[0] = Strands.Sum(x);

    public static void TransposeAdd<T>(in LinearArguments _, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T> =>
        Strands.Add(yBar[0], xBar);
}
