
namespace AutoDiff.Rules;

/// <summary>y = x rounded towards zero; y′ = 0.</summary>
public readonly struct Truncate : IUnaryRule<Truncate>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Truncate(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Truncate(x);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Jump;

    /// <inheritdoc/>
    public static double KinkAt(double x) => Math.Round(x) is var nearest && nearest != 0 ? nearest : Math.CopySign(1, x);
}
