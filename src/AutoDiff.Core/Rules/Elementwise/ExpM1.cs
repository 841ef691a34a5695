using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = eˣ − 1, accurate near 0; y′ = eˣ. Not y + 1, which cancels where y nears −1.</summary>
public readonly struct ExpM1 : IUnaryRule<ExpM1>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.ExpM1(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Exp(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => d;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.ExpM1(x);
}
