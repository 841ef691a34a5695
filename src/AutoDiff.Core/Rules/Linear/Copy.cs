using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>y = x in slots of its own.</summary>
internal readonly struct Copy : ILinearRule
{
    public static void Apply<T>(in LinearArguments _, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T> => x.CopyTo(y);

    public static void TransposeAdd<T>(in LinearArguments _, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T> =>
        Strands.Add(yBar, xBar);

    static VarVector ILinearRule.Transpose<TSelf>(in LinearArguments _, VarVector yBar, int length) => yBar;
}
