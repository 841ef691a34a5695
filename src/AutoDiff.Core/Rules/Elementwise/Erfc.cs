using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = 1 − erf x, accurate in its tail; y′ = −2/√π · e^−x².</summary>
public readonly struct Erfc : IUnaryRule<Erfc>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.Erfc(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -Erf.TwoBySqrtPi * T.Apply<Gaussian>(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -2 * T.AbsoluteProduct(x, d);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Erfc(x);
}
