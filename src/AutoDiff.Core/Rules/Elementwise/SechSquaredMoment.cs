namespace AutoDiff.Rules;

/// <summary>y = x sech² x; y′ = sech² x − 2 y tanh x. At ±∞ both are 0.</summary>
public readonly struct SechSquaredMoment : IUnaryRule<SechSquaredMoment>
{
    /// <inheritdoc/>
    public static double Value(double x) => AbsoluteProduct.Value(x, SechSquared.Value(x));

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<SechSquared>(x) - 2 * y * T.Tanh(x);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => AbsoluteProduct.Value(x, SechSquared.Value(x));
}
