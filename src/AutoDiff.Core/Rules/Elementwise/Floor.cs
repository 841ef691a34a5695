using System.Runtime.Intrinsics;

namespace AutoDiff.Rules;

/// <summary>y = ⌊x⌋; y′ = 0.</summary>
public readonly struct Floor : IUnaryRule<Floor>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Floor(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static Lanes Value(Lanes x) => new(Vector512.Floor(x.Value));

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Jump;

    /// <inheritdoc/>
    public static double KinkAt(double x) => Math.Round(x);
}
