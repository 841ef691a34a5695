
namespace AutoDiff.Rules;

/// <summary>y = the integer nearest to x, the even one of two; y′ = 0.</summary>
public readonly struct Round : IUnaryRule<Round>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Round(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Round(x);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Jump;

    /// <inheritdoc/>
    public static double KinkAt(double x) => Math.Floor(x) + 0.5;
}
