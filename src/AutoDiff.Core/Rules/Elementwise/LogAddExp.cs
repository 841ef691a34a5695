using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>z = ln(eˣ + eʸ), without overflow; ∂z/∂x = 1 / (1 + e^(y−x)), ∂z/∂y = 1 / (1 + e^(x−y)).</summary>
public readonly struct LogAddExp : IBinaryRule<LogAddExp>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => SpecialFunctions.LogAddExp(x, y);

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Sigmoid(T.Apply<Gap>(x, y));

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Sigmoid(T.Apply<Gap>(y, x));

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => 0.25 * T.Apply<SechSquared>(0.5 * T.Apply<Gap>(x, y));

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => -0.25 * T.Apply<SechSquared>(0.5 * T.Apply<Gap>(x, y));

    /// <inheritdoc/>
    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> => 0.25 * T.Apply<SechSquared>(0.5 * T.Apply<Gap>(x, y));

    /// <inheritdoc/>
    public static L Value<L>(L x, L y) where L : struct, ILanes<L> => L.LogAddExp(x, y);
}
