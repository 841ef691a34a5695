namespace AutoDiff.Tests.Laws;

/// <summary>A copy of a rule of two variables with a fault planted.</summary>
internal readonly struct FaultyBinaryRule<TRule> : IBinaryRule<FaultyBinaryRule<TRule>> where TRule : struct, IBinaryRule<TRule>
{
    private const double Factor = 1 + 1e-6;

    public static Fault Planted { get; set; }

    public static double Value(double x, double y) => Planted == Fault.ValueScaled ? TRule.Value(x, y) * Factor : TRule.Value(x, y);

    public static L Value<L>(L x, L y) where L : struct, ILanes<L> =>
        Planted == Fault.ValueScaled ? TRule.Value(x, y) * Factor : TRule.Value(x, y);

    public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => Planted switch
    {
        Fault.StaleValue => TRule.FirstX(x, y, 1.001 * z),
        Fault.FirstNegated => -TRule.FirstX(x, y, z),
        Fault.FirstScaled => Factor * TRule.FirstX(x, y, z),
        Fault.PartialsSwapped => TRule.FirstY(x, y, z),
        _ => TRule.FirstX(x, y, z),
    };

    public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => Planted switch
    {
        Fault.StaleValue => TRule.FirstY(x, y, 1.001 * z),
        Fault.FirstOfYNegated => -TRule.FirstY(x, y, z),
        Fault.FirstOfYScaled => Factor * TRule.FirstY(x, y, z),
        Fault.PartialsSwapped => TRule.FirstX(x, y, z),
        _ => TRule.FirstY(x, y, z),
    };

    public static T SecondXX<T>(T x, T y, T z) where T : struct, IScalar<T> => Planted switch
    {
        Fault.SecondNegated => -TRule.SecondXX(x, y, z),
        Fault.SecondDropped => T.Constant(0),
        _ => TRule.SecondXX(x, y, z),
    };

    public static T SecondXY<T>(T x, T y, T z) where T : struct, IScalar<T> =>
        Planted == Fault.MixedDropped ? T.Constant(0) : TRule.SecondXY(x, y, z);

    public static T SecondYY<T>(T x, T y, T z) where T : struct, IScalar<T> =>
        Planted == Fault.SecondScaled ? Factor * TRule.SecondYY(x, y, z) : TRule.SecondYY(x, y, z);

    public static bool IsFlat => TRule.IsFlat;

    public static bool IsSmooth => Planted == Fault.KinkUndeclared || TRule.IsSmooth;

    public static KinkKind? Kink(double x, double y) => Planted == Fault.KinkUndeclared ? null : TRule.Kink(x, y);

    public static bool ComparesOperands => TRule.ComparesOperands;

    public static T KinkArgument<T>(KinkKind kind, T x, T y) where T : struct, IScalar<T> => TRule.KinkArgument(kind, x, y);

    public static double KinkAt(double x, double y) => TRule.KinkAt(x, y);

    public static T Piece<T>(T x, T y, T at, bool isAbove) where T : struct, IScalar<T> =>
        TRule.Piece(x, y, at, isAbove ^ (Planted == Fault.PiecesExchanged));
}
