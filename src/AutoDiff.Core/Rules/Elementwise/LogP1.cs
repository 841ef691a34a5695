using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = ln(1 + x), accurate near 0; y′ = 1 / (1 + x).</summary>
public readonly struct LogP1 : IUnaryRule<LogP1>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.LogP1(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => 1 / (1 + x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -(d * d);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.LogP1(x);

    static bool IUnaryRule<LogP1>.LevelsOff => true;
}
