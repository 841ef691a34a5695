using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>yₖ = x at index k of the list; its transpose scatters and adds.</summary>
internal readonly struct Gather : ILinearRule
{
    public static void Apply<T>(in LinearArguments arguments, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        int[] indices = arguments.Indices;
        for (int k = 0; k < y.Length; k++)
            y[k] = x[indices[k]];
    }

    public static void TransposeAdd<T>(in LinearArguments arguments, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T>
    {
        int[] indices = arguments.Indices;
        for (int k = 0; k < yBar.Length; k++)
            xBar[indices[k]] += yBar[k];
    }
}
