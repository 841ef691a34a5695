namespace AutoDiff.Rules;

/// <summary>z = x − y.</summary>
public readonly struct Subtract : IBinaryRule<Subtract>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => x - y;

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
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => x - y;

    /// <inheritdoc/>
    public static bool IsLinear => true;
}
