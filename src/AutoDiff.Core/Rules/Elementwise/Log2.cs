namespace AutoDiff.Rules;

/// <summary>y = log₂ x; y′ = 1 / (x ln 2).</summary>
public readonly struct Log2 : IUnaryRule<Log2>
{
    private const double Log2E = 1.44269504088896340736;

    /// <inheritdoc/>
    public static double Value(double x) => Math.Log2(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => Log2E / x;

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -d / x;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Log2(x);

    static bool IUnaryRule<Log2>.LevelsOff => true;
}
