using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = ∛x; y′ = 1 / (3y²), +∞ at 0.</summary>
public readonly struct Cbrt : IUnaryRule<Cbrt>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.Cbrt(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Square(1 / y) / 3;

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -2.0 / 3 * d / x;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Cbrt(x);

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Singularity;

    static bool IUnaryRule<Cbrt>.LevelsOff => true;
}
