using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>yⱼ = Σᵢ xᵢⱼ for a matrix of [columns].</summary>
internal readonly struct SumOverRows : ILinearRule
{
    public static void Apply<T>(in LinearArguments arguments, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        y.Fill(T.Constant(x.Length == 0 ? 0 : Zeros.Structural));
        for (int start = 0; start < x.Length; start += y.Length)
            Strands.Add(x.Slice(start, y.Length), y);
    }

    public static void TransposeAdd<T>(in LinearArguments arguments, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T>
    {
        for (int start = 0; start < xBar.Length; start += yBar.Length)
            Strands.Add(yBar, xBar.Slice(start, yBar.Length));
    }
}
