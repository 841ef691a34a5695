using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>x placed at [offset] among zeros.</summary>
internal readonly struct Embed : ILinearRule
{
    public static void Apply<T>(in LinearArguments arguments, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        y.Fill(T.Constant(0));
        x.CopyTo(y[arguments.Integers[0]..]);
    }

    public static void TransposeAdd<T>(in LinearArguments arguments, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T> =>
        Strands.Add(yBar.Slice(arguments.Integers[0], xBar.Length), xBar);

    static VarVector ILinearRule.Transpose<TSelf>(in LinearArguments arguments, VarVector yBar, int length) =>
        yBar.Slice(arguments.Integers[0], length);
}
