using System.Runtime.Intrinsics;
using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// z = x · y for a partial x and a derivative y, by the chain rule: −0 if y is −0, which says that y is structurally zero, and never −0
/// otherwise. So a branch that was not taken passes an infinite partial, and a derivative that came out as zero does not.
/// </summary>
internal readonly struct LiveProduct : IBinaryRule<LiveProduct>
{
    public static double Value(double x, double y)
    {
        double product = x * y;
        return Math.Abs(product) > 0 ? product : Zeros.IsStructural(y) ? y : Zeros.Live(product);
    }

    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => y;

    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => x;

    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(1);

    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static Lanes Value(Lanes x, Lanes y) => new(Vector512.ConditionalSelect(
        Zeros.AreStructural(y.Value), y.Value, x.Value * y.Value + Vector512<double>.Zero));

    public static bool IsBilinear => true;

    static bool IBinaryRule<LiveProduct>.IsMarked => true;
}
