using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = x Φ(x), Φ the normal distribution function; y′ = Φ(x) + x φ(x).</summary>
public readonly struct Gelu : IUnaryRule<Gelu>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.Gelu(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<NormalCdf>(x) + T.Apply<NormalMoment>(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => T.AbsoluteProduct(2 - T.Square(x), T.Apply<NormalDensity>(x));

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Gelu(x);
}
