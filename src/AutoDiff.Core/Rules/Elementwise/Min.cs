
namespace AutoDiff.Rules;

/// <summary>z = min(x, y); the partial of the smaller is 1, that of the other 0, both ½ at a tie.</summary>
public readonly struct Min : IBinaryRule<Min>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => Math.Min(x, y);

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.HalfStep(y, x);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.HalfStep(x, y);

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => L.Min(x, y);

    /// <inheritdoc/>
    public static bool IsSelection => true;

    /// <inheritdoc/>
    public static bool IsSmooth => false;

    /// <inheritdoc/>
    public static KinkKind? Kink(double x, double y) => KinkKind.Selection;

    /// <inheritdoc/>
    public static bool ComparesOperands => true;

    /// <inheritdoc/>
    public static T Piece<T>(T x, T y, T at, bool isAbove) where T : struct, IScalar<T> => isAbove ? y : x;
}
