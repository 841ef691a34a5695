
namespace AutoDiff.Rules;

/// <summary>z = |x| with the sign of y; ∂z/∂x = ±1, 0 at x = 0, ∂z/∂y = 0.</summary>
public readonly struct CopySign : IBinaryRule<CopySign>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => double.IsNaN(y) ? double.NaN : Math.CopySign(x, y);

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Sign(x) * T.Apply<CopySign>(T.Constant(1), y);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => L.Select(
        L.IsNaN(y), L.Constant(double.NaN), L.CopySign(x, y));

    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public static bool IsFlatInY => true;

    /// <inheritdoc/>
    public static bool IsSmooth => false;

    /// <inheritdoc/>
    public static KinkKind? Kink(double x, double y) => KinkKind.Jump;

    /// <inheritdoc/>
    public static T KinkArgument<T>(KinkKind kind, T x, T y) where T : struct, IScalar<T> => y;

    /// <inheritdoc/>
    public static T Piece<T>(T x, T y, T at, bool isAbove) where T : struct, IScalar<T> => isAbove ? T.Abs(x) : -T.Abs(x);
}
