using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = ψ(x) = d/dx ln Γ(x); y′ = ψ₁(x).</summary>
public readonly struct Digamma : IUnaryRule<Digamma>
{
    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.Digamma(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<Polygamma>(T.Constant(1), x);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Digamma(x);

    static bool IUnaryRule<Digamma>.LevelsOff => true;
}
