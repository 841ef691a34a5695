namespace AutoDiff.Rules;

/// <summary>
/// z = x / (x² + y²), 0 at the origin: the abscissa of (x, y) mirrored in the unit circle, of which the partials of atan2 are made. With w
/// = y / (x² + y²), ∂z/∂x = (w − z)(w + z), ∂z/∂y = −2zw.
/// </summary>
public readonly struct CircleInversion : IBinaryRule<CircleInversion>
{
    /// <inheritdoc/>
    public static double Value(double x, double y)
    {
        double r = double.Hypot(x, y);
        return AbsoluteQuotient.Value(AbsoluteQuotient.Value(x, r), r);
    }

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T>
    {
        T w = T.Apply<CircleInversion>(y, x);
        return T.AbsoluteProduct(w - z, w + z);
    }

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => -2 * z * T.Apply<CircleInversion>(y, x);

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L>
    {
        L r = Hypot.Value(x, y);
        return AbsoluteQuotient.Value(AbsoluteQuotient.Value(x, r), r);
    }

    /// <inheritdoc/>
    public static bool IsSmooth => false;

    /// <inheritdoc/>
    public static KinkKind? Kink(double x, double y) => KinkKind.Singularity;

    /// <inheritdoc/>
    public static T KinkArgument<T>(KinkKind kind, T x, T y) where T : struct, IScalar<T> => T.Apply<Hypot>(x, y);
}
