using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// z = sign(x) · y, what |x| passes back of an adjoint y. Where both are 0 the product |x|·y has a gradient, but its derivatives depend on
/// the direction: they are NaN, lest the middle slope, 0, be taken for them.
/// </summary>
internal readonly struct BentProduct : IBinaryRule<BentProduct>
{
    public static double Value(double x, double y) => Zeros.Product(PartialKind.Live, Sign.Value(x), y);

    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Apply<BentSlope>(x, y);

    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => Zeros.Product(PartialKind.Live, Sign.Value(x), y);

    public static bool IsPiecewiseLinear => true;

    static bool IBinaryRule<BentProduct>.IsMarked => true;
}
