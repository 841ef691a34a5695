using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = ln Φ(x), accurate in both tails; y′ = φ(x) / Φ(x), the inverse Mills ratio.</summary>
public readonly struct LogNormalCdf : IUnaryRule<LogNormalCdf>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.LogNormalCdf(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<InverseMillsRatio>(x);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.LogNormalCdf(x);
}
