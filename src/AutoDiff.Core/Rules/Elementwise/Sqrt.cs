
namespace AutoDiff.Rules;

/// <summary>y = √x; y′ = 1 / (2√x), infinite at 0.</summary>
public readonly struct Sqrt : IUnaryRule<Sqrt>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Sqrt(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> =>
        0.5 / (y + 0.0); // The sum makes √−0 = −0 a zero of the side on which √ lives.

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -2 * d * (d * d);

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Sqrt(x);

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Singularity;

    static bool IUnaryRule<Sqrt>.LevelsOff => true;
}
