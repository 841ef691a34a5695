using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = ln |Γ(x)|; y′ = ψ(x).</summary>
public readonly struct LogGamma : IUnaryRule<LogGamma>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.LogGamma(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<Digamma>(x);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.LogGamma(x);
}
