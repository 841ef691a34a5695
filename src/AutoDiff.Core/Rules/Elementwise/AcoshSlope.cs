namespace AutoDiff.Rules;

/// <summary>y = 1 / (√(x − 1) √(x + 1)), the derivative of arcosh, +∞ at 1; y′ = −x y³. At ∞ both are 0.</summary>
public readonly struct AcoshSlope : IUnaryRule<AcoshSlope>
{
    /// <inheritdoc/>
    public static double Value(double x) => 1 / (Math.Sqrt(x - 1) * Math.Sqrt(x + 1));

    /// <inheritdoc/>
    public static T First<T>(T x, T y) where T : struct, IScalar<T> => -T.AbsoluteProduct(x, y) * y * y;

    /// <inheritdoc/>
    public static L Value<L>(L x) where L : struct, ILanes<L> => 1 / (Sqrt.Value(x - 1) * Sqrt.Value(x + 1));

    /// <inheritdoc/>
    public static KinkKind? Kink => KinkKind.Singularity;

    /// <inheritdoc/>
    public static double KinkAt(double x) => 1;
}
