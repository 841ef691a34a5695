namespace AutoDiff.Rules;

/// <summary>y = arcsin x; y′ = 1 / √(1 − x²), +∞ at ±1.</summary>
public readonly struct Asin : IUnaryRule<Asin>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Asin(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => 1 / T.Sqrt(T.Apply<OneMinusSquare>(x));

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => x * d * d * d;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Asin(x);

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Singularity;

    /// <inheritdoc/>
    public static double KinkAt(double x) => Math.CopySign(1, x);
}
