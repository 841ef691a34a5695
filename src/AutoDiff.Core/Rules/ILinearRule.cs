namespace AutoDiff.Engine;

/// <summary>The parameters of one use of a linear operation: its integers, and an index list if it has one.</summary>
internal readonly ref struct LinearArguments(ReadOnlySpan<int> integers, int[] indices)
{
    /// <summary>How many integers an instruction carries.</summary>
    public const int IntegerCount = 3;

    public readonly ReadOnlySpan<int> Integers = integers;
    public readonly int[] Indices = indices;
}

/// <summary>
/// y = Lx. Values, tangents and their like go through L, adjoints through Lᵀ; there is nothing else to know. Written over any number type,
/// of which only addition is used.
/// </summary>
internal interface ILinearRule
{
    /// <summary>y = Lx.</summary>
    static abstract void Apply<T>(in LinearArguments arguments, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>;

    /// <summary>x̄ += Lᵀȳ.</summary>
    static abstract void TransposeAdd<T>(in LinearArguments arguments, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T>;

    /// <summary>x̄ = Lᵀȳ, recorded; <typeparamref name="TSelf"/> is the implementing rule.</summary>
    static virtual VarVector Transpose<TSelf>(in LinearArguments arguments, VarVector yBar, int length) where TSelf : struct, ILinearRule =>
        Structured.Linear<Rules.Transposed<TSelf>>(yBar.View, 1, length, arguments.Integers, arguments.Indices);
}
