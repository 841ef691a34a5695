using System.Runtime.Intrinsics;

namespace AutoDiff.Rules;

/// <summary>z = x − y for a function that is flat where z is infinite; −∞, not NaN, where both are the same infinity, at which no finite
/// change of x or y matters.</summary>
public readonly struct Gap : IBinaryRule<Gap>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => x == y && double.IsInfinity(x) ? double.NegativeInfinity : x - y;

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(1);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(-1);

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static Lanes Value(Lanes x, Lanes y) => new(Vector512.ConditionalSelect(
        Vector512.Equals(x.Value, y.Value) & Vector512.IsInfinity(x.Value), Vector512.Create(double.NegativeInfinity), x.Value - y.Value));
}
