using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = φ(x) = e^(−x²/2) / √(2π), the rounding of x² made good; y′ = −xy.</summary>
public readonly struct NormalDensity : IUnaryRule<NormalDensity>
{
    private const double InverseSqrtTwoPi = 0.398942280401432677940;

    /// <summary>From here on y is 0, and x² must not overflow.</summary>
    private const double Vanished = 100;

    /// <inheritdoc/>
    public static double Value(double x)
    {
        x = Math.Min(Math.Abs(x), Vanished);
        double square = x * x;
        return InverseSqrtTwoPi * Math.Exp(-0.5 * square) * (1 - 0.5 * Math.FusedMultiplyAdd(x, x, -square));
    }

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -T.AbsoluteProduct(x, y);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L>
    {
        L bounded = L.Min(L.Abs(x), L.Constant(Vanished)), square = bounded * bounded;
        L rounding = L.FusedMultiplyAdd(bounded, bounded, -square);
        return InverseSqrtTwoPi * Vectorized<L>.Exp(-0.5 * square) * (L.One - 0.5 * rounding);
    }
}
