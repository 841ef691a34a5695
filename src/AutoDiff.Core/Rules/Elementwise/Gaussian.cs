namespace AutoDiff.Rules;

/// <summary>y = e^−x², the rounding of x² made good; y′ = −2xy.</summary>
public readonly struct Gaussian : IUnaryRule<Gaussian>
{
    /// <inheritdoc/>
    public static double Value(double x)
    {
        double square = x * x;
        return double.IsFinite(square) ? Math.Exp(-square) * (1 - Math.FusedMultiplyAdd(x, x, -square)) : Math.Exp(-square);
    }

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -2 * x * y;
}
