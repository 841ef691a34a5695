namespace AutoDiff.Rules;

/// <summary>y = sin x; y′ = cos x.</summary>
public readonly struct Sin : IUnaryRule<Sin>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Sin(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Cos(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -y;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Sin(x);
}
