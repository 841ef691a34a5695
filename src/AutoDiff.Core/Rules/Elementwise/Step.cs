
namespace AutoDiff.Rules;

/// <summary>y = 1 where x > 0, otherwise 0; NaN stays NaN. y′ = 0.</summary>
public readonly struct Step : IUnaryRule<Step>
{
    /// <inheritdoc/>
    public static double Value(double x) => x > 0 ? 1 : x <= 0 ? 0 : x;

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Select(
        L.GreaterThan(x, L.Zero), L.One,
        L.Select(L.LessThanOrEqual(x, L.Zero), L.Zero, x));

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Jump;
}
