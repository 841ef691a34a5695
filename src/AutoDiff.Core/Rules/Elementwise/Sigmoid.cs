namespace AutoDiff.Rules;

/// <summary>y = 1 / (1 + e⁻ˣ); y′ = y(x) · y(−x). Not y(1 − y), which cancels where y nears 1.</summary>
public readonly struct Sigmoid : IUnaryRule<Sigmoid>
{
    /// <inheritdoc/>
    public static double Value(double x) => 1 / (1 + Math.Exp(-x));

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => y * T.Sigmoid(-x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => d * -T.Tanh(0.5 * x);
}
