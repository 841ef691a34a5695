namespace AutoDiff.Rules;

/// <summary>y = arcosh x; y′ = 1 / (√(x − 1) √(x + 1)), +∞ at 1.</summary>
public readonly struct Acosh : IUnaryRule<Acosh>
{
    /// <inheritdoc/>
    public static double Value(double x) => Math.Acosh(x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Apply<AcoshSlope>(x);

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => -T.AbsoluteProduct(x, d) * d * d;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Acosh(x);

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Singularity;

    /// <inheritdoc/>
    public static double KinkAt(double x) => 1;

    static bool IUnaryRule<Acosh>.LevelsOff => true;
}
