using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>y = Σₖ xₖ at index k of the list; its transpose gathers.</summary>
internal readonly struct ScatterAdd : ILinearRule
{
    public static void Apply<T>(in LinearArguments arguments, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        y.Fill(T.Constant(0));
        Gather.TransposeAdd(arguments, x, y);
    }

    public static void TransposeAdd<T>(in LinearArguments arguments, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T>
    {
        int[] indices = arguments.Indices;
        for (int k = 0; k < xBar.Length; k++)
            xBar[k] += yBar[indices[k]];
    }
}
