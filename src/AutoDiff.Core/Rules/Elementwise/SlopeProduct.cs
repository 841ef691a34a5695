using System.Runtime.Intrinsics;
using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// z = x · y for a derivative y and the partial x of a function that levels off (√, log): 0 where its argument overflowed, which hid a
/// slope. There z is NaN, unless y is −0, which says that y and z are structurally zero.
/// </summary>
internal readonly struct SlopeProduct : IBinaryRule<SlopeProduct>
{
    public static double Value(double x, double y) => x != 0 ? LiveProduct.Value(x, y) : Zeros.IsStructural(y) ? y : double.NaN;

    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => y;

    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => x;

    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(1);

    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static Lanes Value(Lanes x, Lanes y) => LiveProduct.Value(
        new Lanes(Vector512.ConditionalSelect(Vector512.Equals(x.Value, Vector512<double>.Zero), Vector512.Create(double.NaN), x.Value)),
            y);

    public static bool IsBilinear => true;

    static bool IBinaryRule<SlopeProduct>.IsMarked => true;
}
