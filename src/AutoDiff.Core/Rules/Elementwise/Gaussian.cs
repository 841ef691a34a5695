using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = e^−x², the rounding of x² made good; y′ = −2xy.</summary>
public readonly struct Gaussian : IUnaryRule<Gaussian>
{
    /// <summary>From here on y is 0, and x² must not overflow.</summary>
    private const double Vanished = 100;

    /// <inheritdoc/>
    public static double Value(double x)
    {
        x = Math.Min(Math.Abs(x), Vanished);
        double square = x * x;
        return Math.Exp(-square) * (1 - Math.FusedMultiplyAdd(x, x, -square));
    }

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -2 * T.AbsoluteProduct(x, y);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L>
    {
        L bounded = L.Min(L.Abs(x), L.Constant(Vanished)), square = bounded * bounded;
        return Vectorized<L>.Exp(-square) * (L.One - L.FusedMultiplyAdd(bounded, bounded, -square));
    }
}
