namespace AutoDiff.Rules;

/// <summary>y = 10ˣ; y′ = y ln 10.</summary>
public readonly struct Exp10 : IUnaryRule<Exp10>
{
    private const double Ln10 = 2.30258509299404568402;

    /// <inheritdoc/>
    public static double Value(double x) => Math.Pow(10, x);

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => y * Ln10;

    /// <inheritdoc/>
    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => d * Ln10;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => L.Exp10(x);
}
