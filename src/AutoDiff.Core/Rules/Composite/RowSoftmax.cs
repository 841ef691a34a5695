using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>yᵢⱼ = exp(uᵢⱼ) / Σₖ exp(uᵢₖ) over rows of [columns]; ūᵢ = yᵢ ∘ (ȳᵢ − ⟨ȳᵢ, yᵢ⟩).</summary>
internal readonly struct RowSoftmax : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int start = 0; start < y.Length; start += columns)
        {
            double shift = Maximum(u.Slice(start, columns));
            T sum = T.Constant(0);
            for (int j = start; j < start + columns; j++)
                sum += y[j] = T.Exp(u[j] - shift);
            for (int j = start; j < start + columns; j++)
                y[j] /= sum;
        }
    }

    public static void Tangent<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot, ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int start = 0; start < y.Length; start += columns)
        {
            T mean = T.Constant(0);
            for (int j = start; j < start + columns; j++)
                mean += y[j] * uDot[j];
            for (int j = start; j < start + columns; j++)
                yDot[j] = y[j] * (uDot[j] - mean);
        }
    }

    public static void Adjoint<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar, Span<T> vBar) where T : struct, IScalar<T>
    {
        int columns = arguments.Integers[0];
        for (int start = 0; start < y.Length; start += columns)
        {
            T mean = T.Constant(0);
            for (int j = start; j < start + columns; j++)
                mean += y[j] * yBar[j];
            for (int j = start; j < start + columns; j++)
                uBar[j] += y[j] * (yBar[j] - mean);
        }
    }

    /// <summary>The largest primal value; NaN if there is one, −∞ if there is none.</summary>
    public static double Maximum<T>(ReadOnlySpan<T> row) where T : struct, IScalar<T>
    {
        double maximum = double.NegativeInfinity;
        foreach (T x in row)
            maximum = Math.Max(maximum, T.Primal(x));
        return maximum;
    }
}
