using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>y = ‖u‖₂, scaled by the largest element so that no square overflows or vanishes; ū = ȳ u / y, taken as 0 at u = 0 (see docs/nonsmooth.md).</summary>
internal readonly struct Norm : ICompositeRule
{
    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y) where T : struct, IScalar<T>
    {
        double scale = 0;
        foreach (T x in u)
            scale = Math.Max(scale, Math.Abs(T.Primal(x)));
        if (scale == 0 || !double.IsFinite(scale))
        {
            y[0] = T.Constant(scale);
            return;
        }
        scale = Math.ScaleB(1, Math.ILogB(scale)); // A power of two scales without rounding.
        T sum = T.Constant(0);
        foreach (T x in u)
            sum += T.Square(x / scale);
        y[0] = T.Sqrt(sum) * scale;
    }

    public static void Tangent<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot, ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        yDot[0] = T.Constant(0);
        if (T.Primal(y[0]) == 0)
            return;
        for (int i = 0; i < u.Length; i++)
            yDot[0] += u[i] / y[0] * uDot[i];
    }

    public static void Adjoint<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar, Span<T> vBar) where T : struct, IScalar<T>
    {
        if (T.Primal(y[0]) == 0)
            return;
        for (int i = 0; i < u.Length; i++)
            uBar[i] += u[i] / y[0] * yBar[0];
    }
}
