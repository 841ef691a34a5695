
namespace AutoDiff.Rules;

/// <summary>y = |x|; y′ = sign x, 0 at 0.</summary>
public readonly struct Abs : IUnaryRule<Abs>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Abs(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Sign(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Abs(x);

    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => true;

    static bool IUnaryRule<Abs>.IsBent => true;

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Selection;

    /// <inheritdoc/>
    public static T Piece<T>(T x, bool isAbove) where T : struct, IScalar<T> => isAbove ? x : -x;
}
