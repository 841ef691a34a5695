using System.Runtime.Intrinsics;

namespace AutoDiff.Rules;

/// <summary>y = −1, 0 or 1 as x is below, at or above zero; NaN stays NaN. y′ = 0.</summary>
public readonly struct Sign : IUnaryRule<Sign>
{
    /// <inheritdoc/>
    public static double Value(double x) => x > 0 ? 1 : x < 0 ? -1 : x;

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static Lanes Value(Lanes x) => new(Vector512.ConditionalSelect(
        Vector512.GreaterThan(x.Value, Vector512<double>.Zero), Vector512<double>.One,
        Vector512.ConditionalSelect(Vector512.LessThan(x.Value, Vector512<double>.Zero), -Vector512<double>.One, x.Value)));

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Jump;
}
