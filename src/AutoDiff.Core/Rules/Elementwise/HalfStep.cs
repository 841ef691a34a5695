
namespace AutoDiff.Rules;

/// <summary>z = 1 where x > y, ½ where they tie, otherwise 0; NaN where either is NaN. Both partials are 0.</summary>
public readonly struct HalfStep : IBinaryRule<HalfStep>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => x > y ? 1 : x < y ? 0 : x == y ? 0.5 : double.NaN;

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => L.Select(
        L.GreaterThan(x, y), L.One,
        L.Select(
            L.LessThan(x, y), L.Zero,
            L.Select(L.AreEqual(x, y), L.Constant(0.5), L.Constant(double.NaN))));

    /// <inheritdoc/>
    public static bool IsSmooth => false;

    /// <inheritdoc/>
    public static KinkKind? Kink(double x, double y) => KinkKind.Jump;

    /// <inheritdoc/>
    public static bool ComparesOperands => true;
}
