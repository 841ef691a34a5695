namespace AutoDiff.Rules;

/// <summary>y = tan x; y′ = 1 + y².</summary>
public readonly struct Tan : IUnaryRule<Tan>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Tan(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => 1 + T.Square(y);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => 2 * y * d;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Tan(x);
}
