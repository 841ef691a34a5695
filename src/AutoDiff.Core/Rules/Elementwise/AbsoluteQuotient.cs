
namespace AutoDiff.Rules;

/// <summary>z = x / y, where a numerator of exactly zero gives zero even if the quotient is NaN (see
/// <see cref="AbsoluteProduct"/>).</summary>
public readonly struct AbsoluteQuotient : IBinaryRule<AbsoluteQuotient>
{
    /// <inheritdoc/>
    public static double Value(double x, double y)
    {
        double quotient = x / y;
        return x == 0 && double.IsNaN(quotient) ? 0 : quotient;
    }

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => 1 / y;

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => -T.AbsoluteQuotient(z, y);

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L>
    {
        L quotient = x / y;
        return L.AndNot(quotient, L.AreEqual(x, L.Zero) & L.IsNaN(quotient));
    }
}
