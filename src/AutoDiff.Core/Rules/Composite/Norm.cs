using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>y = ‖u‖₂, scaled where its square would overflow or lose digits; ū += ȳ u / y, taken as 0 at u = 0 (see
/// docs/nonsmooth.md).</summary>
internal readonly struct Norm : ICompositeRule
{
    // Within these bounds squares, and sums of as many as memory holds, neither overflow nor lose digits.
    private const double LeastUnscaled = 1e-140, LargestUnscaled = 1e140;
    private const double LeastNormal = 2.2250738585072014e-308;

    public static bool IsSmooth => false;

    public static VarVector? Trace(KinkTrace trace, ArrayView u, int rows, int columns, ReadOnlySpan<int> integers)
    {
        VarVector y = trace.AsItIs<Norm>(u, rows, columns, integers);
        trace.AddSingularity(nameof(Norm), [y[0].Primal], KinkOperand.Of(y[0]), KinkOperand.Constant(0), 0);
        return y;
    }

    public static void Value<T>(in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, Span<T> y)
        where T : struct, IScalar<T>
    {
        double largest = LargestMagnitude(u);
        if (largest == 0)
        {
            y[0] = T.Constant(0);
            return;
        }
        if (!double.IsFinite(largest) || (largest >= LeastUnscaled && largest <= LargestUnscaled))
        {
            y[0] = T.Sqrt(Rows.Dot(u, u));
            return;
        }
        double scale = Math.ScaleB(1, Math.ILogB(Math.Max(largest, LeastNormal))); // A power of two scales without rounding.
        T sum = T.Constant(0);
        foreach (T x in u)
            sum += T.Square(x / scale);
        y[0] = T.Sqrt(sum) * scale;
    }

    public static void Tangent<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> uDot,
        ReadOnlySpan<T> vDot, Span<T> yDot) where T : struct, IScalar<T>
    {
        yDot[0] = T.Constant(0);
        if (T.Primal(y[0]) == 0)
            return;
        for (int i = 0; i < u.Length; i++)
            yDot[0] += T.ChainProduct(PartialKind.Live, u[i] / y[0], uDot[i]);
    }

    public static void Adjoint<T>(
        in CompositeArguments arguments, ReadOnlySpan<T> u, ReadOnlySpan<T> v, ReadOnlySpan<T> y, ReadOnlySpan<T> yBar, Span<T> uBar,
        Span<T> vBar) where T : struct, IScalar<T>
    {
        double norm = T.Primal(y[0]);
        if (norm == 0)
        {
            // The middle slope, which is no structural zero; where the adjoint is 0 too, derivatives depend on the direction.
            double bar = T.Primal(yBar[0]);
            for (int i = 0; i < uBar.Length && (bar == 0 || !double.IsFinite(bar)); i++)
                uBar[i] += bar == 0 ? T.Undecided : T.Undefined;
            return;
        }
        if (norm >= LeastUnscaled && norm <= LargestUnscaled)
        {
            Rows.AddScaled(u, yBar[0] / y[0], uBar);
            return;
        }
        for (int i = 0; i < u.Length; i++)
            uBar[i] += T.ChainProduct(PartialKind.Live, u[i] / y[0], yBar[0]);
    }

    static bool ICompositeRule.IsBent => true;

    private static double LargestMagnitude<T>(ReadOnlySpan<T> u) where T : struct, IScalar<T>
    {
        if (typeof(T) == typeof(Real))
            return Math.Abs(TensorPrimitives.MaxMagnitude(MemoryMarshal.Cast<T, double>(u)));
        double largest = 0;
        foreach (T x in u)
            largest = Math.Max(largest, Math.Abs(T.Primal(x)));
        return largest;
    }
}
