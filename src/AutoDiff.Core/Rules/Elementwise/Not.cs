
namespace AutoDiff.Rules;

/// <summary>y = 1 where x is 0, otherwise 0. Its derivative is 0.</summary>
public readonly struct Not : IUnaryRule<Not>
{
    /// <inheritdoc/>
    public static double Value(double x) => x == 0 ? 1 : 0;

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.IsZero(x) & L.One;

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Jump;
}
