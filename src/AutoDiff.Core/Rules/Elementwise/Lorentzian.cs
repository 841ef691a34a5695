namespace AutoDiff.Rules;

/// <summary>y = 1 / (1 + x²), the derivative of arctan; y′ = −2xy², in an order in which no product leaves the range before y′
/// does.</summary>
public readonly struct Lorentzian : IUnaryRule<Lorentzian>
{
    /// <inheritdoc/>
    public static double Value(double x) => 1 / (1 + x * x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -2 * T.AbsoluteProduct(x, y) * y;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => 1 / (1 + x * x);
}
