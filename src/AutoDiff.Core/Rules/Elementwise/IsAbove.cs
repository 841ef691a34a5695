
namespace AutoDiff.Rules;

/// <summary>z = 1 where x > y, otherwise 0: a comparison as a number. Its derivatives are 0.</summary>
public readonly struct IsAbove : IBinaryRule<IsAbove>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => x > y ? 1 : 0;

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => L.GreaterThan(x, y) & L.One;

    /// <inheritdoc/>
    public static bool IsSmooth => false;

    /// <inheritdoc/>
    public static KinkKind? Kink(double x, double y) => KinkKind.Selection;

    /// <inheritdoc/>
    public static bool ComparesOperands => true;
}
