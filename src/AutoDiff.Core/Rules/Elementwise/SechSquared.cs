namespace AutoDiff.Rules;

/// <summary>y = sech² x = 4e / (1 + e)² with e = exp(−2|x|), the derivative of tanh; y′ = −2 y tanh x.</summary>
public readonly struct SechSquared : IUnaryRule<SechSquared>
{
    /// <inheritdoc/>
    public static double Value(double x)
    {
        double e = Math.Exp(-2 * Math.Abs(x));
        return 4 * e / ((1 + e) * (1 + e));
    }

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -2 * y * T.Tanh(x);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.SechSquared(x);
}
