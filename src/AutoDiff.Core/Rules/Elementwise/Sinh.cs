namespace AutoDiff.Rules;

/// <summary>y = sinh x; y′ = cosh x.</summary>
public readonly struct Sinh : IUnaryRule<Sinh>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Sinh(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Cosh(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => y;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Sinh(x);
}
