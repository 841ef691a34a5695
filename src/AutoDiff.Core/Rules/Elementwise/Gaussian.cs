using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = e^−x², the rounding of x² made good; y′ = −2xy.</summary>
public readonly struct Gaussian : IUnaryRule<Gaussian>
{
    /// <inheritdoc/>
    public static double Value(double x)
    {
        x = Math.Min(Math.Abs(x), SpecialFunctions.GaussianVanished);
        double square = x * x;
        return Math.Exp(-square) * (1 - Math.FusedMultiplyAdd(x, x, -square));
    }

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -2 * T.AbsoluteProduct(x, y);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Gaussian(x);
}
