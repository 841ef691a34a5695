using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = x σ(x), σ the logistic function; y′ = σ(x) + x σ′(x), where σ′(x) = ¼ sech²(x/2).</summary>
public readonly struct Silu : IUnaryRule<Silu>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.Silu(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Sigmoid(x) + 0.5 * T.Apply<SechSquaredMoment>(0.5 * x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T>
    {
        T bell = T.Apply<SechSquared>(0.5 * x);
        return 0.25 * (2 * bell - T.AbsoluteProduct(x, bell) * T.Tanh(0.5 * x));
    }

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Silu(x);
}
