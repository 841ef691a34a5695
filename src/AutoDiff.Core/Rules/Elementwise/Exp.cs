namespace AutoDiff.Rules;

/// <summary>y = eˣ; y′ = y.</summary>
public readonly struct Exp : IUnaryRule<Exp>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Exp(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => y;

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => y;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Exp(x);
}
