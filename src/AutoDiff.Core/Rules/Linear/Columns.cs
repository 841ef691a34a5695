using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>The columns from [offset] on of a matrix of [columns], as many as [width].</summary>
internal readonly struct Columns : ILinearRule
{
    public static void Apply<T>(in LinearArguments arguments, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        (int offset, int columns, int width) = (arguments.Integers[0], arguments.Integers[1], arguments.Integers[2]);
        for (int from = offset, to = 0; to < y.Length; from += columns, to += width)
            x.Slice(from, width).CopyTo(y[to..]);
    }

    public static void TransposeAdd<T>(in LinearArguments arguments, ReadOnlySpan<T> yBar, Span<T> xBar) where T : struct, IScalar<T>
    {
        (int offset, int columns, int width) = (arguments.Integers[0], arguments.Integers[1], arguments.Integers[2]);
        for (int to = offset, from = 0; from < yBar.Length; to += columns, from += width)
            Strands.Add(yBar.Slice(from, width), xBar.Slice(to, width));
    }
}
