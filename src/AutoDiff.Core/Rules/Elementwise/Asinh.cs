namespace AutoDiff.Rules;

/// <summary>y = arsinh x; y′ = 1 / √(1 + x²), of which no part overflows.</summary>
public readonly struct Asinh : IUnaryRule<Asinh>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Asinh(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<AsinhSlope>(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -T.AbsoluteProduct(x, d) * d * d;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Asinh(x);

    static bool IUnaryRule<Asinh>.LevelsOff => true;
}
