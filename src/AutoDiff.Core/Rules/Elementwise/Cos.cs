namespace AutoDiff.Rules;

/// <summary>y = cos x; y′ = −sin x.</summary>
public readonly struct Cos : IUnaryRule<Cos>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Cos(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -T.Sin(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -y;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Cos(x);
}
