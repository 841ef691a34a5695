using AutoDiff.Engine;

namespace AutoDiff.Rules;

/// <summary>
/// z = x · y for a partial x and a derivative y, by the chain rule: −0 if z is structurally zero, and never −0 otherwise (see
/// <see cref="Zeros"/>). So a branch that was not taken passes an infinite partial, and a derivative that came out as zero does not.
/// </summary>
internal readonly struct ChainProduct<TKind> : IBinaryRule<ChainProduct<TKind>> where TKind : struct, IPartialKind
{
    public static double Value(double x, double y) => Zeros.Product(TKind.Kind, x, y);

    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => y;

    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => x;

    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(1);

    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => Zeros.Product(TKind.Kind, x, y);

    public static bool IsBilinear => true;

    static bool IBinaryRule<ChainProduct<TKind>>.IsMarked => true;

    static bool IBinaryRule<ChainProduct<TKind>>.IsShare => TKind.Kind == PartialKind.Share;
}
