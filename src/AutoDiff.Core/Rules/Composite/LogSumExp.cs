using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// yᵢ = ln Σⱼ exp(uᵢⱼ) over rows of [columns], and after these the rows' softmax p, by which alone the derivatives are stated: ūᵢ += ȳᵢ pᵢ.
/// Where yᵢ is infinite no finite change of u moves it, and its derivative is 0.
/// </summary>
internal readonly struct LogSumExp : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0], rows = Count(columns, y.Length);
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<T> row = u.Slice(i * columns, columns);
            Span<T> p = y.Slice(rows + i * columns, columns);
            T others = Rows.Softmax(row, p, out int largest);
            double bound = T.Primal(row[largest]);
            if (double.IsInfinity(bound))
                p.Fill(T.Constant(0));
            y[i] = double.IsInfinity(bound) ? T.Constant(bound) : row[largest] + others;
        }
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0], rows = Count(columns, y.Length);
        yDot[rows..].Fill(T.Constant(0));
        for (int i = 0; i < rows; i++)
            yDot[i] = Rows.Dot(y.Slice(rows + i * columns, columns), uDot.Slice(i * columns, columns));
        RowSoftmax.AddProduct(columns, y[rows..], uDot, yDot[rows..]);
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0], rows = Count(columns, y.Length);
        for (int i = 0; i < rows; i++)
        {
            if (!Rows.AreStructural(yBar.Slice(i, 1)))
                Rows.AddScaled(y.Slice(rows + i * columns, columns), yBar[i], uBar.Slice(i * columns, columns));
        }
        if (!Rows.AreZero(yBar[rows..]))
            RowSoftmax.AddProduct(columns, y[rows..], yBar[rows..], uBar);
    }

    public static bool DerivativesRunInLanes => true;

    public static bool TryAdjointTangent(
        in CompositeArguments arguments, ReadOnlySpan<Real> y, ReadOnlySpan<Real> yDot, ReadOnlySpan<Real> yBar, ReadOnlySpan<Real> yBarDot,
            Span<Real> uBarDot)
    {
        int columns = arguments.Integers[0], rows = Count(columns, y.Length);
        for (int i = 0; i < rows; i++)
        {
            Span<Real> row = uBarDot.Slice(i * columns, columns);
            Rows.AddScaled(y.Slice(rows + i * columns, columns), yBarDot[i], row);
            Rows.AddScaled(yDot.Slice(rows + i * columns, columns), yBar[i], row);
        }
        return RowSoftmax.TryAdjointTangent(arguments, y[rows..], yDot[rows..], yBar[rows..], yBarDot[rows..], uBarDot);
    }

    private static int Count(int columns, int length) => length / (columns + 1);
}
