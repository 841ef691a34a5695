
namespace AutoDiff.Rules;

/// <summary>z = 1 where neither x nor y is 0, otherwise 0. Its derivatives are 0.</summary>
public readonly struct Both : IBinaryRule<Both>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => x != 0 && y != 0 ? 1 : 0;

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> =>
        L.AndNot(L.One, L.IsZero(x) | L.IsZero(y));
}
