using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// yᵢⱼ = uᵢⱼ − ln Σₖ exp(uᵢₖ) over rows of [columns], and after these the rows' softmax p, by which the derivatives are stated: ūᵢ += ȳᵢ −
/// pᵢ Σₖ ȳᵢₖ. The largest element is subtracted first, so that a value near 0 is as accurate as any other.
/// </summary>
internal readonly struct RowLogSoftmax : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int start = 0; start < u.Length; start += columns)
        {
            ReadOnlySpan<T> row = u.Slice(start, columns);
            T others = Rows.Softmax(row, y.Slice(u.Length + start, columns), out int largest);
            for (int j = 0; j < columns; j++)
                y[start + j] = row[j] - row[largest] - others;
        }
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        ReadOnlySpan<T> p = y[u.Length..];
        uDot.CopyTo(yDot);
        yDot[u.Length..].Fill(T.Constant(0));
        for (int start = 0; start < u.Length; start += columns)
        {
            if (Rows.AreStructural(uDot.Slice(start, columns)))
                continue;
            T mean = Rows.Dot(p.Slice(start, columns), uDot.Slice(start, columns));
            foreach (ref T x in yDot.Slice(start, columns))
                x -= mean;
        }
        RowSoftmax.AddProduct(columns, p, uDot, yDot[u.Length..]);
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        ReadOnlySpan<T> p = y[u.Length..], pBar = yBar[u.Length..];
        Strands.Add(yBar[..u.Length], uBar);
        for (int start = 0; start < u.Length; start += columns)
        {
            if (!Rows.AreStructural(yBar.Slice(start, columns)))
                Rows.AddScaled(p.Slice(start, columns), -Strands.Sum(yBar.Slice(start, columns)), uBar.Slice(start, columns));
        }
        if (!Rows.AreZero(pBar))
            RowSoftmax.AddProduct(columns, p, pBar, uBar);
    }

    public static bool DerivativesRunInLanes => true;

    public static bool TryAdjointTangent(
        in CompositeArguments arguments, ReadOnlySpan<Real> y, ReadOnlySpan<Real> yDot, ReadOnlySpan<Real> yBar, ReadOnlySpan<Real> yBarDot,
            Span<Real> uBarDot)
    {
        int columns = arguments.Integers[0], length = uBarDot.Length;
        ReadOnlySpan<Real> p = y[length..], pDot = yDot[length..];
        Strands.Add(yBarDot[..length], uBarDot);
        for (int start = 0; start < length; start += columns)
        {
            if (Rows.AreStructural(yBar.Slice(start, columns)) && Rows.AreStructural(yBarDot.Slice(start, columns)))
                continue;
            Span<Real> row = uBarDot.Slice(start, columns);
            Rows.AddScaled(p.Slice(start, columns), -Strands.Sum(yBarDot.Slice(start, columns)), row);
            Rows.AddScaled(pDot.Slice(start, columns), -Strands.Sum(yBar.Slice(start, columns)), row);
        }
        return RowSoftmax.TryAdjointTangent(arguments, p, pDot, yBar[length..], yBarDot[length..], uBarDot);
    }
}
