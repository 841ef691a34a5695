using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = φ(x) = e^(−x²/2) / √(2π), the rounding of x² made good; y′ = −xy.</summary>
public readonly struct NormalDensity : IUnaryRule<NormalDensity>
{
    /// <inheritdoc/>
    public static double Value(double x)
    {
        x = Math.Min(Math.Abs(x), SpecialFunctions.GaussianVanished);
        double square = x * x;
        return SpecialFunctions.InverseSqrtTwoPi * Math.Exp(-0.5 * square) * (1 - 0.5 * Math.FusedMultiplyAdd(x, x, -square));
    }

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -T.AbsoluteProduct(x, y);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.NormalDensity(x);
}
