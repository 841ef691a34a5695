using System.Runtime.Intrinsics;

namespace AutoDiff.Rules;

/// <summary>z = 1 where neither x nor y is 0, otherwise 0. Its derivatives are 0.</summary>
public readonly struct Both : IBinaryRule<Both>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => x != 0 && y != 0 ? 1 : 0;

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static Lanes Value(Lanes x, Lanes y) =>
        new(Vector512.AndNot(Vector512<double>.One, Vector512.IsZero(x.Value) | Vector512.IsZero(y.Value)));
}
