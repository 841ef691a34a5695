
namespace AutoDiff.Rules;

/// <summary>y = −1, 0 or 1 as x is below, at or above zero; NaN stays NaN. y′ = 0.</summary>
public readonly struct Sign : IUnaryRule<Sign>
{
    /// <inheritdoc/>
    public static double Value(double x) => x > 0 ? 1 : x < 0 ? -1 : x;

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Select(
        L.GreaterThan(x, L.Zero), L.One,
        L.Select(L.LessThan(x, L.Zero), -L.One, x));

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Jump;
}
