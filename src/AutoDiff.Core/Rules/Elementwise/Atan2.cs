namespace AutoDiff.Rules;

/// <summary>
/// z = the angle of the point with ordinate x and abscissa y, after Math.Atan2; with r = √(x² + y²), ∂z/∂x = y/r², ∂z/∂y = −x/r², both 0 at the origin.
/// </summary>
public readonly struct Atan2 : IBinaryRule<Atan2>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => Math.Atan2(x, y);

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.AbsoluteQuotient(T.Apply<HypotSlope>(y, x), T.Apply<Hypot>(x, y));

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => -T.AbsoluteQuotient(T.Apply<HypotSlope>(x, y), T.Apply<Hypot>(x, y));
}
