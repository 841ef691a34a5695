using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>
/// z = ψₙ(y), the n-th derivative of ψ, for the order n = x, a positive whole number; ∂z/∂y = ψₙ₊₁(y). The order is a constant: ∂z/∂x is
/// NaN, and so are derivatives with respect to a variable order.
/// </summary>
public readonly struct Polygamma : IBinaryRule<Polygamma>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => x >= 1 && x == (int)x ? SpecialFunctions.Polygamma((int)x, y) : double.NaN;

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(double.NaN);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Apply<Polygamma>(x + 1, y);

    /// <inheritdoc/>
    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(double.NaN);

    /// <inheritdoc/>
    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Constant(double.NaN);
}
