namespace AutoDiff.Rules;

/// <summary>y = tanh x; y′ = sech² x. Not 1 − y², which cancels where y nears 1.</summary>
public readonly struct Tanh : IUnaryRule<Tanh>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Tanh(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<SechSquared>(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -2 * y * d;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Tanh(x);
}
