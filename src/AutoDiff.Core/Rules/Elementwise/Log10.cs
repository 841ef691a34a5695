namespace AutoDiff.Rules;

/// <summary>y = log₁₀ x; y′ = 1 / (x ln 10).</summary>
public readonly struct Log10 : IUnaryRule<Log10>
{
    private const double Log10E = 0.434294481903251827651;

    /// <inheritdoc/>
    public static double Value(double x) => Math.Log10(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => Log10E / x;

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -d / x;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Log10(x);

    static bool IUnaryRule<Log10>.LevelsOff => true;
}
