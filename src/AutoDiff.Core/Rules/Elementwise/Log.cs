namespace AutoDiff.Rules;

/// <summary>y = ln x; y′ = 1/x.</summary>
public readonly struct Log : IUnaryRule<Log>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Log(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => 1 / x;

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -d / x;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Log(x);

    static bool IUnaryRule<Log>.LevelsOff => true;
}
