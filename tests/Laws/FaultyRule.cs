namespace AutoDiff.Tests.Laws;

/// <summary>A copy of a rule with a fault planted.</summary>
internal readonly struct FaultyRule<TRule> : IUnaryRule<FaultyRule<TRule>> where TRule : struct, IUnaryRule<TRule>
{
    public const double Factor = 1 + 1e-6;

    public static Fault Planted { get; set; }

    public static double Value(double x) => Planted == Fault.ValueScaled ? TRule.Value(x) * Factor : TRule.Value(x);

    public static L Value<L>(L x) where L : struct, ILanes<L>
    {
        L y = Planted == Fault.ValueScaled ? TRule.Value(x) * Factor : TRule.Value(x), rotated = y;
        for (int lane = 0; lane < L.Count; lane++)
            rotated = L.With(rotated, lane, y[(lane + 1) % L.Count]);
        return Planted == Fault.LanesRotated ? rotated : y;
    }

    public static T First<T>(T x, T y) where T : struct, IScalar<T> => Planted switch
    {
        Fault.StaleValue => TRule.First(x, 1.001 * y),
        Fault.FirstNegated => -TRule.First(x, y),
        Fault.FirstScaled => Factor * TRule.First(x, y),
        _ => TRule.First(x, y),
    };

    public static T Second<T>(T x, T y, T d) where T : struct, IScalar<T> => Planted switch
    {
        Fault.StaleValue => TRule.Second(x, 1.001 * y, d),
        Fault.SecondNegated => -TRule.Second(x, y, d),
        Fault.SecondScaled => Factor * TRule.Second(x, y, d),
        Fault.SecondDropped => T.Constant(0),
        _ => TRule.Second(x, y, d),
    };

    public static bool IsFlat => TRule.IsFlat;

    public static KinkKind? Kink => Planted == Fault.KinkUndeclared ? null : TRule.Kink;

    public static double KinkAt(double x) => Planted == Fault.KinkMoved ? TRule.KinkAt(x) + 0.25 : TRule.KinkAt(x);

    public static T Piece<T>(T x, bool isAbove) where T : struct, IScalar<T> =>
        TRule.Piece(x, isAbove ^ (Planted == Fault.PiecesExchanged));
}
