using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = Φ(x), the normal distribution function; y′ = φ(x), its density.</summary>
public readonly struct NormalCdf : IUnaryRule<NormalCdf>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.NormalCdf(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<NormalDensity>(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -T.AbsoluteProduct(x, d);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.NormalCdf(x);
}
