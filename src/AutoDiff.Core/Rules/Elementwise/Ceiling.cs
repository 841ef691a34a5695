
namespace AutoDiff.Rules;

/// <summary>y = ⌈x⌉; y′ = 0.</summary>
public readonly struct Ceiling : IUnaryRule<Ceiling>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Ceiling(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Ceiling(x);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Jump;

    /// <inheritdoc/>
    public static double KinkAt(double x) => Math.Round(x);
}
