namespace AutoDiff.Rules;

/// <summary>y = sin πx; y′ = π cos πx.</summary>
public readonly struct SinPi : IUnaryRule<SinPi>
{
    /// <inheritdoc/>
    public static double Value(double x) => double.SinPi(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => Math.PI * T.Apply<CosPi>(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -(Math.PI * Math.PI) * y;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.SinPi(x);
}
