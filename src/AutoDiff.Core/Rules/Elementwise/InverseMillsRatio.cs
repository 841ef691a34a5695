using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = φ(x) / Φ(x); y′ = −y · (x + y).</summary>
public readonly struct InverseMillsRatio : IUnaryRule<InverseMillsRatio>
{
    // From −1e8 on y is −x and y′ is −1, to rounding; further out neither factor may overflow or vanish.
    private const double Far = 1e150;

    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.InverseMillsRatio(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> =>
        -T.AbsoluteProduct(T.Apply<Min>(y, T.Constant(Far)), T.Apply<MillsFraction>(T.Constant(1), T.Apply<Max>(x, T.Constant(-Far))));

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.InverseMillsRatio(x);
}
