namespace AutoDiff.Rules;

/// <summary>y = x, held constant by every differentiation.</summary>
public readonly struct StopGradient : IUnaryRule<StopGradient>
{
    /// <inheritdoc/>
    public static double Value(double x) => x;

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => T.Constant(0);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => x;

    /// <inheritdoc/>
    public static bool IsFlat => true;
}
