using System.Runtime.Intrinsics;
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

    public static Lanes Value(Lanes x, Lanes y)
    {
        Vector512<double> zero = Vector512<double>.Zero;
        Vector512<double> bent =
            Vector512.Equals(x.Value, zero) & Vector512.AndNot(Vector512.Equals(y.Value, zero), Zeros.AreStructural(y.Value));
        return new(Vector512.ConditionalSelect(bent, Vector512.Create(double.NaN), Sign.Value(x).Value));
    }

    public static bool IsFlat => true;
}
