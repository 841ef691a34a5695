using System.Runtime.Intrinsics;
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
    public static Lanes Value(Lanes x)
    {
        Vector512<double> bounded = Vector512.Min(Vector512.Abs(x.Value), Vector512.Create(Vanished)), square = bounded * bounded;
        Vector512<double> rounding = Vector512.FusedMultiplyAdd(bounded, bounded, -square);
        return new(InverseSqrtTwoPi * Vectorized.Exp(-0.5 * square) * (Vector512<double>.One - 0.5 * rounding));
    }
}
