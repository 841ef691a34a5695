using System.Runtime.Intrinsics;
using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// z = x · y for a partial x that depends on no variable (the share of an operand that may not have been chosen, a constant factor) and a
/// derivative y: −0, which says that z is structurally zero, if x is 0 or y is −0, and never −0 otherwise.
/// </summary>
internal readonly struct ShareProduct : IBinaryRule<ShareProduct>
{
    public static double Value(double x, double y)
    {
        double product = x * y;
        return Math.Abs(product) > 0 ? product : x == 0 || Zeros.IsStructural(y) ? Zeros.Structural : Zeros.Live(product);
    }

    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => y;

    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => x;

    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(1);

    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static Lanes Value(Lanes x, Lanes y) => new(Vector512.ConditionalSelect(
        Vector512.Equals(x.Value, Vector512<double>.Zero) | Zeros.AreStructural(y.Value),
        Vector512.Create(Zeros.Structural), x.Value * y.Value + Vector512<double>.Zero));

    public static bool IsBilinear => true;

    static bool IBinaryRule<ShareProduct>.IsMarked => true;

    static bool IBinaryRule<ShareProduct>.IsShare => true;
}
