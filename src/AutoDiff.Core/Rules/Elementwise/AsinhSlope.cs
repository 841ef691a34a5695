namespace AutoDiff.Rules;

/// <summary>y = 1 / √(1 + x²), the derivative of arsinh; y′ = −x y³. No part overflows, and at ±∞ both are 0.</summary>
public readonly struct AsinhSlope : IUnaryRule<AsinhSlope>
{
    /// <inheritdoc/>
    public static double Value(double x) => 1 / Hypot.Value(1, x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -T.AbsoluteProduct(x, y) * y * y;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => 1 / Hypot.Value(L.Constant(1), x);
}
