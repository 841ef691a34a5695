using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = φ(x) / Φ(x); y′ = −y · (x + y).</summary>
public readonly struct InverseMillsRatio : IUnaryRule<InverseMillsRatio>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.InverseMillsRatio(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -y * T.Apply<MillsFraction>(T.Constant(1), x);

    /// <inheritdoc/>
    public static Lanes Value(Lanes x) => new(Vectorized.InverseMillsRatio(x.Value));
}
