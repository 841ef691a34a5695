
namespace AutoDiff.Rules;

/// <summary>z = x − y for a function that is flat where z is infinite; −∞, not NaN, where both are the same infinity, at which no finite
/// change of x or y matters.</summary>
public readonly struct Gap : IBinaryRule<Gap>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => x == y && double.IsInfinity(x) ? double.NegativeInfinity : x - y;

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(1);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(-1);

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => L.Select(
        L.AreEqual(x, y) & L.IsInfinity(x), L.Constant(double.NegativeInfinity), x - y);
}
