namespace AutoDiff.Rules;

/// <summary>y = x²; y′ = 2x.</summary>
public readonly struct Square : IUnaryRule<Square>
{
    /// <inheritdoc/>
    public static double Value(double x) => x * x;

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => 2 * x;

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => T.Constant(2);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => x * x;
}
