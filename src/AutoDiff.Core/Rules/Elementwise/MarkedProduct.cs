using System.Runtime.Intrinsics;
using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>z = x · y for two derivatives: −0 if either is −0, which says that it is structurally zero, and never −0 otherwise.</summary>
internal readonly struct MarkedProduct : IBinaryRule<MarkedProduct>
{
    public static double Value(double x, double y) => Zeros.Product(x, y);

    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => y;

    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => x;

    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(1);

    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static Lanes Value(Lanes x, Lanes y) => new(Vector512.ConditionalSelect(
        Zeros.AreStructural(x.Value) | Zeros.AreStructural(y.Value), Vector512.Create(Zeros.Structural), x.Value * y.Value
            + Vector512<double>.Zero));

    public static bool IsBilinear => true;

    static bool IBinaryRule<MarkedProduct>.IsMarked => true;
}
