using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = ln(1 + eˣ), without overflow; y′ = 1 / (1 + e⁻ˣ).</summary>
public readonly struct Softplus : IUnaryRule<Softplus>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.Softplus(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Sigmoid(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => 0.25 * T.Apply<SechSquared>(0.5 * x);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Softplus(x);
}
