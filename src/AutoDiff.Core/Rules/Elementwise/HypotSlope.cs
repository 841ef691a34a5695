namespace AutoDiff.Rules;

/// <summary>
/// z = x/r with r = √(x² + y²), 0 at the origin: the cosine of the direction of (x, y). With the sine s = y/r, ∂z/∂x = s²/r, ∂z/∂y = −zs/r.
/// Not by the quotient rule, whose 1/r − x²/r³ cancels where y is small.
/// </summary>
public readonly struct HypotSlope : IBinaryRule<HypotSlope>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => AbsoluteQuotient.Value(x, double.Hypot(x, y));

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> =>
        T.AbsoluteQuotient(T.Square(T.Apply<HypotSlope>(y, x)), T.Apply<Hypot>(x, y));

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> =>
        -T.AbsoluteQuotient(z * T.Apply<HypotSlope>(y, x), T.Apply<Hypot>(x, y));

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => AbsoluteQuotient.Value(x, Hypot.Value(x, y));

    /// <inheritdoc/>
    public static bool IsSmooth => false;

    /// <inheritdoc/>
    public static KinkKind? Kink(double x, double y) => KinkKind.Singularity;

    /// <inheritdoc/>
    public static T KinkArgument<T>(KinkKind kind, T x, T y) where T : struct, IScalar<T> => T.Apply<Hypot>(x, y);
}
