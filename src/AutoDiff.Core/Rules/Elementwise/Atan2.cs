using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>
/// z = the angle of the point with ordinate x and abscissa y, after Math.Atan2; ∂z/∂x = y/(x² + y²), ∂z/∂y = −x/(x² + y²), both 0 at the
/// origin.
/// </summary>
public readonly struct Atan2 : IBinaryRule<Atan2>
{
    /// <inheritdoc/>
    public static double Value(double x, double y) => Math.Atan2(x, y);

    /// <inheritdoc/>
    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Apply<CircleInversion>(y, x);

    /// <inheritdoc/>
    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => -T.Apply<CircleInversion>(x, y);

    /// <inheritdoc/>
    public static Lanes Value(Lanes x, Lanes y) => new(Vectorized.Atan2(x.Value, y.Value));
}
