using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>yᵢ = ln Σⱼ exp(uᵢⱼ) over rows of [columns], shifted by the row's maximum so that nothing overflows; ūᵢⱼ = ȳᵢ exp(uᵢⱼ − yᵢ).</summary>
internal readonly struct LogSumExp : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < y.Length; i++)
        {
            ReadOnlySpan<T> row = u.Slice(i * columns, columns);
            double shift = RowSoftmax.Maximum(row);
            if (double.IsInfinity(shift))
            {
                y[i] = T.Constant(shift); // −∞: an empty sum; +∞: the maximum decides.
                continue;
            }
            T sum = T.Constant(0);
            foreach (T x in row)
                sum += T.Exp(x - shift);
            y[i] = T.Log(sum) + shift;
        }
    }

    public static void Tangent<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot, ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < y.Length; i++)
        {
            T sum = T.Constant(0);
            for (int j = i * columns; j < (i + 1) * columns; j++)
                sum += T.AbsoluteProduct(T.Exp(u[j] - y[i]), uDot[j]);
            yDot[i] = sum;
        }
    }

    public static void Adjoint<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar, Span<T> vBar) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = i * columns; j < (i + 1) * columns; j++)
                uBar[j] += T.AbsoluteProduct(T.Exp(u[j] - y[i]), yBar[i]);
        }
    }
}
