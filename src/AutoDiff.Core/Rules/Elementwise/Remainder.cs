namespace AutoDiff.Rules;

/// <summary>z = x − n·y with n = x/y rounded towards zero, as C# has it in x % y; ∂z/∂x = 1, ∂z/∂y = −n.</summary>
public readonly struct Remainder : IBinaryRule<Remainder>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => x % y;

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(1);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Apply<Round>((z - x) / y);

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public static bool IsSmooth => false;

    /// <inheritdoc/>
    public static KinkKind? Kink(double x, double y) => KinkKind.Jump;

    /// <inheritdoc/>
    public static double KinkAt(double x, double y) => Math.Round(x / y) is var nearest && nearest != 0 ? nearest : Math.CopySign(1, x / y);

    /// <inheritdoc/>
    public static T KinkArgument<T>(KinkKind kind, T x, T y) where T : struct, IScalar<T> => x / y;

    /// <inheritdoc/>
    public static T Piece<T>(T x, T y, T at, bool isAbove) where T : struct, IScalar<T> =>
        x - T.Apply<Truncate>(at + (isAbove ? 0.25 : -0.25)) * y;
}
