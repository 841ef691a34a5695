using AutoDiff.Kernels;

namespace AutoDiff.Rules;

/// <summary>y = 2ˣ; y′ = y ln 2.</summary>
public readonly struct Exp2 : IUnaryRule<Exp2>
{
    private const double Ln2 = 0.693147180559945309417;

    /// <inheritdoc/>
    public static double Value(double x) => SpecialFunctions.Exp2(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => y * Ln2;

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => d * Ln2;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Exp2(x);
}
