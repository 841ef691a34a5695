using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>yᵢ = Πⱼ uᵢⱼ over rows of [columns]; ūᵢⱼ = ȳᵢ times the product of the others, by running products from both ends, so that zeros
/// do no harm.</summary>
internal readonly struct RowProduct : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < y.Length; i++)
        {
            T product = T.Constant(1);
            foreach (T x in u.Slice(i * columns, columns))
                product *= x;
            y[i] = product;
        }
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < y.Length; i++)
        {
            T product = T.Constant(1), dot = T.Constant(0);
            for (int j = i * columns; j < (i + 1) * columns; j++)
            {
                dot = dot * u[j] + product * uDot[j];
                product *= u[j];
            }
            yDot[i] = dot;
        }
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < y.Length; i++)
            AddRow(u.Slice(i * columns, columns), yBar[i], uBar.Slice(i * columns, columns));
    }

    private static void AddRow<T>(ReadOnlySpan<T> row, T bar, Span<T> rowBar) where T : struct, IScalar<T>
    {
        using Scratch<T> scratch = new(row.Length);
        Span<T> before = scratch.Span;
        T product = bar;
        for (int j = 0; j < row.Length; j++)
        {
            before[j] = product;
            product = T.AbsoluteProduct(product, row[j]);
        }
        T after = T.Constant(1);
        for (int j = row.Length - 1; j >= 0; j--)
        {
            rowBar[j] += T.AbsoluteProduct(before[j], after);
            after *= row[j];
        }
    }
}
