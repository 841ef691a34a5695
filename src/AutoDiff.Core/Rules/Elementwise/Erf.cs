using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = erf x; y′ = 2/√π · e^−x².</summary>
public readonly struct Erf : IUnaryRule<Erf>
{
    internal const double TwoBySqrtPi = 1.12837916709551257390;

    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.Erf(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => TwoBySqrtPi * T.Apply<Gaussian>(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -2 * T.AbsoluteProduct(x, d);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Erf(x);
}
