using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>z = sign(x), the slope of |x|; NaN where x is 0 and its adjoint y came out as 0 (see <see cref="BentProduct"/>). Both partials
/// are 0.</summary>
internal readonly struct BentSlope : IBinaryRule<BentSlope>
{
    public static double Value(double x, double y) => x == 0 && y == 0 && !Zeros.IsStructural(y) ? double.NaN : Sign.Value(x);

    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static L Value<L>(L x, L y) where L : struct, ILanes<L>
    {
        L zero = L.Zero;
        L bent =
            L.AreEqual(x, zero) & L.AndNot(L.AreEqual(y, zero), Zeros.AreStructural(y));
        return L.Select(bent, L.Constant(double.NaN), Sign.Value(x));
    }

    public static bool IsFlat => true;
}
