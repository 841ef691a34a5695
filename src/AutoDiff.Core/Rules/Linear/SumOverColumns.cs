using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>yᵢ = Σⱼ xᵢⱼ for a matrix of [columns].</summary>
internal readonly struct SumOverColumns : ILinearRule
{
    public static void Apply<T>(in LinearArguments arguments, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < y.Length; i++)
            y[i] = Strands.Sum(x.Slice(i * columns, columns));
    }

    public static void TransposeAdd<T>(in LinearArguments arguments, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < yBar.Length; i++)
            Strands.Add(yBar[i], xBar.Slice(i * columns, columns));
    }
}
