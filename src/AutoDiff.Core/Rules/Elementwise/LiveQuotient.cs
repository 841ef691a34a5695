using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>z = x / y for a derivative x: −0 if x is −0, which says that it is structurally zero, and never −0 otherwise.</summary>
internal readonly struct LiveQuotient : IBinaryRule<LiveQuotient>
{
    public static double Value(double x, double y) => Zeros.Quotient(x, y);

    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => 1 / y;

    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> =>
        T.ChainProduct(PartialKind.Live, T.Constant(-1), T.Apply<LiveQuotient>(z, y));

    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => -(1 / (y * y));

    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => 2 * z / (y * y);

    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => L.Select(
        Zeros.AreStructural(x), x, x / y + L.Zero);

    public static bool IsLinearInX => true;
}
