
namespace AutoDiff.Rules;

/// <summary>
/// z = x · y, where a factor of exactly zero gives zero even if the other is infinite or NaN: the product in which derivatives are
/// propagated, so that a branch that was not taken (an adjoint of zero) cannot poison the result through an infinite partial.
/// </summary>
public readonly struct AbsoluteProduct : IBinaryRule<AbsoluteProduct>
{
    /// <inheritdoc/>
    public static double Value(double x, double y)
    {
        double product = x * y;
        return double.IsNaN(product) && (x == 0 || y == 0) ? 0 : product;
    }

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => y;

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => x;

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(1);

    /// <inheritdoc/>
    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L>
    {
        L product = x * y;
        L zero = L.AreEqual(x, L.Zero) | L.AreEqual(y, L.Zero);
        return L.AndNot(product, zero & L.IsNaN(product));
    }

    static bool IBinaryRule<AbsoluteProduct>.IsProduct => true;
}
