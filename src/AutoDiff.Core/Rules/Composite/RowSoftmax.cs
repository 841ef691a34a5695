using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>yᵢⱼ = exp(uᵢⱼ) / Σₖ exp(uᵢₖ) over rows of [columns]; ūᵢ += yᵢ ∘ (ȳᵢ − ⟨ȳᵢ, yᵢ⟩), and tangents by the same symmetric
/// matrix.</summary>
internal readonly struct RowSoftmax : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int start = 0; start < y.Length; start += columns)
            Rows.Softmax(u.Slice(start, columns), y.Slice(start, columns), out _);
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        yDot.Fill(T.Constant(Zeros.Structural));
        AddProduct(arguments.Integers[0], y, uDot, yDot);
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar) where T : struct, IScalar<T> =>
        AddProduct(arguments.Integers[0], y, yBar, uBar);

    public static bool DerivativesRunInLanes => true;

    public static bool TryAdjointTangent(
        in CompositeArguments arguments, ReadOnlySpan<Real> y, ReadOnlySpan<Real> yDot, ReadOnlySpan<Real> yBar, ReadOnlySpan<Real> yBarDot,
            Span<Real> uBarDot)
    {
        if (Rows.AreZero(yBar) && Rows.AreZero(yBarDot))
            return true;
        int columns = arguments.Integers[0];
        for (int start = 0; start < y.Length; start += columns)
        {
            // The tangents of ȳ − ⟨ȳ, y⟩ and of y, each times the other.
            if (Rows.AreStructural(yBar.Slice(start, columns)) && Rows.AreStructural(yBarDot.Slice(start, columns)))
                continue;
            ReadOnlySpan<Real> p = y.Slice(start, columns), pDot = yDot.Slice(start, columns), bar = yBar.Slice(start, columns);
            Span<Real> row = uBarDot.Slice(start, columns);
            Rows.AddCentered(p, yBarDot.Slice(start, columns), row);
            Rows.AddProductWithDifference(pDot, bar, Rows.Dot(p, bar), row);
            Rows.AddScaled(p, -Rows.Dot(pDot, bar), row);
        }
        return true;
    }

    /// <summary>Adds each row's derivative, at softmax value p, times x.</summary>
    public static void AddProduct<T>(int columns, ReadOnlySpan<T> p, ReadOnlySpan<T> x, Span<T> y) where T : struct, IScalar<T>
    {
        for (int start = 0; start < p.Length; start += columns)
            Rows.AddCentered(p.Slice(start, columns), x.Slice(start, columns), y.Slice(start, columns));
    }
}
