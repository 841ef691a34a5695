namespace AutoDiff.Rules;

/// <summary>y = x φ(x), φ the normal density; y′ = φ(x) − x y. At ±∞ both are 0.</summary>
public readonly struct NormalMoment : IUnaryRule<NormalMoment>
{
    /// <inheritdoc/>
    public static double Value(double x) => AbsoluteProduct.Value(x, NormalDensity.Value(x));

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<NormalDensity>(x) - T.AbsoluteProduct(x, y);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => AbsoluteProduct.Value(x, NormalDensity.Value(x));
}
