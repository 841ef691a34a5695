using System.Runtime.Intrinsics;

namespace AutoDiff.Rules;

/// <summary>y = 1 where x is 0, otherwise 0. Its derivative is 0.</summary>
public readonly struct Not : IUnaryRule<Not>
{
    /// <inheritdoc/>
    public static double Value(double x) => x == 0 ? 1 : 0;

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static bool IsFlat => true;

    /// <inheritdoc/>
    public static Lanes Value(Lanes x) => new(Vector512.IsZero(x.Value) & Vector512<double>.One);

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Jump;
}
