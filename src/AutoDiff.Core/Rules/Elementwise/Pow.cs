namespace AutoDiff.Rules;

/// <summary>
/// z = xʸ; ∂z/∂x = y·xʸ⁻¹, ∂z/∂y = z·ln x. A constant exponent never evaluates the logarithm, so that negative bases have their
/// derivatives in x. The special cases at a base or exponent of zero are tabulated in docs/nonsmooth.md.
/// </summary>
public readonly struct Pow : IBinaryRule<Pow>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => Math.Pow(x, y);

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.AbsoluteProduct(y, T.Pow(x, y - 1));

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.AbsoluteProduct(z, T.Log(x));

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.AbsoluteProduct(y * (y - 1), T.Pow(x, y - 2));

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> =>
        T.AbsoluteProduct(T.Pow(x, y - 1), 1 + T.AbsoluteProduct(y, T.Log(x)));

    /// <inheritdoc/>
    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.AbsoluteProduct(T.AbsoluteProduct(z, T.Log(x)), T.Log(x));

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => L.Pow(x, y);

    /// <inheritdoc/>
    public static bool IsSmooth => false;

    /// <inheritdoc/>
    public static KinkKind? Kink(double x, double y) => y >= 0 && Math.Floor(y) == y ? null : KinkKind.Singularity;

    /// <inheritdoc/>
    public static T KinkArgument<T>(KinkKind kind, T x, T y) where T : struct, IScalar<T> => x;

    static bool IBinaryRule<Pow>.LevelsOff => true;
}
