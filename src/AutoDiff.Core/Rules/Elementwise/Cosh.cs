namespace AutoDiff.Rules;

/// <summary>y = cosh x; y′ = sinh x.</summary>
public readonly struct Cosh : IUnaryRule<Cosh>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Cosh(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Sinh(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => y;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Cosh(x);
}
