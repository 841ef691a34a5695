namespace AutoDiff.Rules;

/// <summary>z = x · y.</summary>
public readonly struct Multiply : IBinaryRule<Multiply>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => x * y;

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => y;

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => x;

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(1);

    /// <inheritdoc/>
    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => x * y;

    /// <inheritdoc/>
    public static bool IsBilinear => true;

    static bool IBinaryRule<Multiply>.IsProduct => true;
}
