
namespace AutoDiff.Rules;

/// <summary>y = 1 − x², rounded once; y′ = −2x.</summary>
public readonly struct OneMinusSquare : IUnaryRule<OneMinusSquare>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.FusedMultiplyAdd(-x, x, 1);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -2 * x;

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => T.Constant(-2);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.FusedMultiplyAdd(-x, x, L.One);
}
