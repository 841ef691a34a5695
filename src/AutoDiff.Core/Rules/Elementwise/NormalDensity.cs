namespace AutoDiff.Rules;

/// <summary>y = φ(x) = e^(−x²/2) / √(2π), the rounding of x² made good; y′ = −xy.</summary>
public readonly struct NormalDensity : IUnaryRule<NormalDensity>
{
    private const double InverseSqrtTwoPi = 0.398942280401432677940;

    /// <inheritdoc/>
    public static double Value(double x)
    {
        double square = x * x, density = InverseSqrtTwoPi * Math.Exp(-0.5 * square);
        return double.IsFinite(square) ? density * (1 - 0.5 * Math.FusedMultiplyAdd(x, x, -square)) : density;
    }

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -x * y;
}
