using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = 1 / (1 + e⁻ˣ); y′ = ¼ sech²(x/2). Not y(1 − y), which cancels where y nears 1, as its derivative does near 0.</summary>
public readonly struct Sigmoid : IUnaryRule<Sigmoid>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.Sigmoid(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => 0.25 * T.Apply<SechSquared>(0.5 * x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -d * T.Tanh(0.5 * x);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Sigmoid(x);
}
