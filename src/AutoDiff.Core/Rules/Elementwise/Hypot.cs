namespace AutoDiff.Rules;

/// <summary>z = √(x² + y²), without overflow; ∂z/∂x = x/z, ∂z/∂y = y/z, 0 at the origin.</summary>
public readonly struct Hypot : IBinaryRule<Hypot>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => double.Hypot(x, y);

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Apply<HypotSlope>(x, y);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Apply<HypotSlope>(y, x);

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => L.Hypot(x, y);

    static bool IBinaryRule<Hypot>.IsBent => true;

    /// <inheritdoc/>
    public static bool IsSmooth => false;

    /// <inheritdoc/>
    public static KinkKind? Kink(double x, double y) => KinkKind.Singularity;

    /// <inheritdoc/>
    public static T KinkArgument<T>(KinkKind kind, T x, T y) where T : struct, IScalar<T> => T.Apply<Hypot>(x, y);
}
