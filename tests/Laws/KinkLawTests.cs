using System.Reflection;
using AutoDiff.Rules;

namespace AutoDiff.Tests.Laws;

/// <summary>Every rule that is not smooth says so, and what it says is what its values do. Rules are found by reflection, kinks by
/// one-sided values and slopes.</summary>
public class KinkLawTests
{
    private const double Step = 1e-6, Jump = 0.1;

    // Flags, which only comparisons make; and factors of derivatives, smooth but for their poles.
    private static readonly HashSet<Type> s_exempt = [typeof(Both), typeof(AbsoluteProduct), typeof(AbsoluteQuotient)];

    private static readonly double[] s_places = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3];

    public static TheoryData<Type> Unary => [.. RuleCatalog.Unary];

    public static TheoryData<Type> Binary => [.. RuleCatalog.Binary.Where(t => !s_exempt.Contains(t))];

    [Theory, MemberData(nameof(Unary))]
    public void A_rule_of_one_variable_declares_its_kinks(Type rule) => Run(nameof(HoldUnary), rule);

    [Theory, MemberData(nameof(Binary))]
    public void A_rule_of_two_variables_declares_its_kinks(Type rule) => Run(nameof(HoldBinary), rule);

    [Fact]
    public void The_law_sees_undeclared_kinks()
    {
        Should.Throw<ShouldAssertException>(HoldUnary<Bent>);
        Should.Throw<ShouldAssertException>(HoldUnary<Stepped>);
        Should.Throw<ShouldAssertException>(HoldBinary<Wedge>);
    }

    private static void Run(string law, Type rule)
    {
        try
        {
            typeof(KinkLawTests).GetMethod(law, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(rule).Invoke(null, null);
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    internal static void HoldUnary<TRule>() where TRule : struct, IUnaryRule<TRule>
    {
        foreach (double x in s_places)
        {
            if (IsKink(t => (TRule.Value(x + t), First(x + t))))
            {
                TRule.Kink.ShouldNotBeNull($"at {x}");
                TRule.KinkAt(x + Step).ShouldBe(x, $"above {x}");
                TRule.KinkAt(x - Step).ShouldBe(x, $"below {x}");
            }
            if (TRule.Kink is KinkKind.Selection)
            {
                TRule.Piece(new Real(x + Step), true).Value.ShouldBe(
                    x + Step > TRule.KinkAt(x) ? TRule.Value(x + Step) : TRule.Piece(new Real(x + Step), true).Value);
                if (x - Step < TRule.KinkAt(x))
                    TRule.Piece(new Real(x - Step), false).Value.ShouldBe(TRule.Value(x - Step));
            }
        }

        static double First(double x) => TRule.First(new Real(x), new Real(TRule.Value(x))).Value;
    }

    internal static void HoldBinary<TRule>() where TRule : struct, IBinaryRule<TRule>
    {
        foreach (double x in s_places)
        {
            foreach (double y in s_places)
            {
                bool isKink = false;
                foreach ((double dx, double dy) in new[] { (1.0, 0.0), (0, 1), (0.7, 0.3), (0.4, -0.6) })
                    isKink |= IsKink(t => (TRule.Value(x + t * dx, y + t * dy), Slope(x + t * dx, y + t * dy, dx, dy)));
                if (isKink)
                {
                    TRule.IsSmooth.ShouldBeFalse($"at {x}, {y}");
                    (TRule.Kink(x, y) ?? TRule.Kink(x + Step, y + Step)).ShouldNotBeNull($"at {x}, {y}");
                }
                if (TRule.IsFlat || TRule.Kink(x, y) is null or KinkKind.Singularity)
                    continue;
                // On its side a piece is the rule.
                double at = TRule.KinkAt(x, y),
                    z = (TRule.ComparesOperands ? x - y : TRule.KinkArgument(TRule.Kink(x, y)!.Value, new Real(x), new Real(y)).Value) - at;
                if (z != 0 && double.IsFinite(z))
                    TRule.Piece(new Real(x), new Real(y), new Real(at), z > 0).Value.ShouldBe(TRule.Value(x, y), 1e-14, $"at {x}, {y}");
            }
        }

        static double Slope(double x, double y, double dx, double dy)
        {
            Real a = new(x), b = new(y), z = new(TRule.Value(x, y));
            return (dx == 0 ? 0 : dx * TRule.FirstX(a, b, z).Value) + (dy == 0 ? 0 : dy * TRule.FirstY(a, b, z).Value);
        }
    }

    // Where the function is finite and what is on its two sides is not one smooth function; a domain that ends is none unless the slope
    // does.
    private static bool IsKink(Func<double, (double Value, double Slope)> curve)
    {
        ((double value, double slope), (double above, double slopeAbove), (double below, double slopeBelow)) =
            (curve(0), curve(Step), curve(-Step));
        if (!double.IsFinite(value) || double.IsInfinity(above) || double.IsInfinity(below))
            return false;
        if (double.IsInfinity(slope))
            return true;
        return Math.Abs(above - below) > Jump || Math.Abs(value - above) > Jump || Math.Abs(slopeAbove - slopeBelow) > Jump;
    }

    private readonly struct Bent : IUnaryRule<Bent>
    {
        public static double Value(double x) => Math.Abs(x - 1);

        public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Sign(x - 1);
    }

    private readonly struct Stepped : IUnaryRule<Stepped>
    {
        public static double Value(double x) => x > 2 ? 1 : 0;

        public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Constant(0);

        public static bool IsFlat => true;
    }

    private readonly struct Wedge : IBinaryRule<Wedge>
    {
        public static double Value(double x, double y) => Math.Abs(x + y);

        public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Sign(x + y);

        public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => T.Sign(x + y);
    }
}
