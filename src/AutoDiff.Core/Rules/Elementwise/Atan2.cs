namespace AutoDiff.Rules;

/// <summary>
/// z = the angle of the point with ordinate x and abscissa y, after Math.Atan2; ∂z/∂x = y/(x² + y²), ∂z/∂y = −x/(x² + y²), both 0 at the
/// origin.
/// </summary>
public readonly struct Atan2 : IBinaryRule<Atan2>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => Math.Atan2(x, y);

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Apply<CircleInversion>(y, x);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => -T.Apply<CircleInversion>(x, y);

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => L.Atan2(x, y);

    /// <inheritdoc/>
    public static bool IsSmooth => false;

    /// <inheritdoc/>
    public static KinkKind? Kink(double x, double y) => y < 0 ? KinkKind.Jump : KinkKind.Singularity;

    /// <inheritdoc/>
    public static T KinkArgument<T>(KinkKind kind, T x, T y) where T : struct, IScalar<T> =>
        kind == KinkKind.Jump ? x : T.Apply<Hypot>(x, y);

    /// <inheritdoc/>
    public static T Piece<T>(T x, T y, T at, bool isAbove) where T : struct, IScalar<T> =>
        T.Apply<Atan2>(-x, -y) + (isAbove ? Math.PI : -Math.PI);
}
