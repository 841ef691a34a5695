using AutoDiff.Engine;
using AutoDiff.Rules;

namespace AutoDiff.Tests.Core.Sweeps;

/// <summary>The products by which derivatives are propagated: zeros of either sign, infinities and NaN, in lanes as one by one, to the
/// bit.</summary>
public class MarkedRuleTests
{
    private static readonly double[] s_numbers =
        [0, -0.0, 1, -2, 1e-200, 1e200, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    [Fact]
    public void Lanes_do_what_numbers_do()
    {
        Check<ChainProduct<IPartialKind.Live>>();
        Check<ChainProduct<IPartialKind.Share>>();
        Check<ChainProduct<IPartialKind.Derivative>>();
        Check<ChainProduct<IPartialKind.Slope>>();
        Check<LiveQuotient>();
        Check<BentProduct>();
        Check<BentSlope>();
    }

    private static void Check<TRule>() where TRule : struct, IBinaryRule<TRule>
    {
        foreach (double x in s_numbers)
        {
            foreach (double y in s_numbers)
            {
                double one = TRule.Value(x, y);
                string what = $"{typeof(TRule).Name}({x:R}, {y:R})";
                foreach (double lane in (double[])[TRule.Value(Lanes8.Constant(x), Lanes8.Constant(y))[5],
                    TRule.Value(Lanes4.Constant(x), Lanes4.Constant(y))[3], TRule.Value(Lanes2.Constant(x), Lanes2.Constant(y))[1]])
                {
                    double.IsNaN(lane).ShouldBe(double.IsNaN(one), what);
                    if (!double.IsNaN(one))
                        BitConverter.DoubleToInt64Bits(lane).ShouldBe(BitConverter.DoubleToInt64Bits(one), what);
                }
            }
        }
    }

    [Theory]
    [InlineData(double.PositiveInfinity), InlineData(double.NaN), InlineData(3.0), InlineData(0.0)]
    public void What_is_structurally_zero_stays_so(double partial)
    {
        IsStructural(ChainProduct<IPartialKind.Live>.Value(partial, -0.0)).ShouldBeTrue();
        IsStructural(ChainProduct<IPartialKind.Share>.Value(partial, -0.0)).ShouldBeTrue();
        IsStructural(ChainProduct<IPartialKind.Derivative>.Value(partial, -0.0)).ShouldBeTrue();
        IsStructural(ChainProduct<IPartialKind.Slope>.Value(partial, -0.0)).ShouldBeTrue();
        IsStructural(LiveQuotient.Value(-0.0, partial)).ShouldBeTrue();
        IsStructural(ChainProduct<IPartialKind.Derivative>.Value(-0.0, partial)).ShouldBeTrue();
        IsStructural(ChainProduct<IPartialKind.Share>.Value(0, partial)).ShouldBeTrue();
    }

    [Fact]
    public void What_comes_out_as_zero_is_live()
    {
        IsStructural(ChainProduct<IPartialKind.Live>.Value(-3, 0)).ShouldBeFalse();
        IsStructural(ChainProduct<IPartialKind.Live>.Value(1e-300, -1e-300)).ShouldBeFalse();
        IsStructural(ChainProduct<IPartialKind.Live>.Value(-0.0, 2)).ShouldBeFalse();
        IsStructural(LiveQuotient.Value(-1e-300, 1e300)).ShouldBeFalse();
        ChainProduct<IPartialKind.Live>.Value(double.PositiveInfinity, 0).ShouldBe(double.NaN);
        ChainProduct<IPartialKind.Slope>.Value(0, 2).ShouldBe(double.NaN);
        BentSlope.Value(0, 0).ShouldBe(double.NaN);
        BentSlope.Value(0, -0.0).ShouldBe(0);
    }

    private static bool IsStructural(double x) => Zeros.IsStructural(x);
}
