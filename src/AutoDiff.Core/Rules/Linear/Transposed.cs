using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>y = Lᵀx for a linear rule L.</summary>
internal readonly struct Transposed<TRule> : ILinearRule where TRule : struct, ILinearRule
{
    public static void Apply<T>(in LinearArguments arguments, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        y.Fill(T.Constant(Zeros.Structural)); // Of derivatives: where nothing is added, nothing leads.
        TRule.TransposeAdd(arguments, x, y);
    }

    public static void TransposeAdd<T>(in LinearArguments arguments, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T>
    {
        T[] change = new T[xBar.Length];
        TRule.Apply<T>(arguments, yBar, change);
        Strands.Add<T>(change, xBar);
    }

    // Back to L, so that no order of differentiation needs a further type.
    static VarVector ILinearRule.Transpose<TSelf>(in LinearArguments arguments, VarVector yBar, int length) =>
        Structured.Linear<TRule>(yBar.View, 1, length, arguments.Integers, arguments.Indices);
}
