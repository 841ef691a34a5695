
namespace AutoDiff.Rules;

/// <summary>y = max(x, 0); y′ = 1 where x > 0, otherwise 0.</summary>
public readonly struct Relu : IUnaryRule<Relu>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Max(x, 0);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Step(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Max(x, L.Zero);

    /// <inheritdoc/>
    public static bool IsSelection => true;

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Selection;

    /// <inheritdoc/>
    public static T Piece<T>(T x, bool isAbove) where T : struct, IScalar<T> => isAbove ? x : T.Constant(0);
}
