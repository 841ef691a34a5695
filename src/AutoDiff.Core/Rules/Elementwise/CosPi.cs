namespace AutoDiff.Rules;

/// <summary>y = cos πx; y′ = −π sin πx.</summary>
public readonly struct CosPi : IUnaryRule<CosPi>
{
    /// <inheritdoc/>
    public static double Value(double x) => double.CosPi(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -Math.PI * T.Apply<SinPi>(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -(Math.PI * Math.PI) * y;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.CosPi(x);
}
