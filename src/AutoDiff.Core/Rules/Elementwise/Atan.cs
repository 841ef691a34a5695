namespace AutoDiff.Rules;

/// <summary>y = arctan x; y′ = 1 / (1 + x²).</summary>
public readonly struct Atan : IUnaryRule<Atan>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Atan(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<Lorentzian>(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -2 * T.AbsoluteProduct(x, d) * d;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Atan(x);
}
