namespace AutoDiff.Rules;

/// <summary>y = artanh x; y′ = 1 / (1 − x²).</summary>
public readonly struct Atanh : IUnaryRule<Atanh>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Atanh(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => 1 / T.Apply<OneMinusSquare>(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => 2 * x * d * d;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Atanh(x);
}
