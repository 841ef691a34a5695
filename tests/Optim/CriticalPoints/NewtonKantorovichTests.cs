using AutoDiff.Optim.CriticalPoints;
using AutoDiff.Optim.Engine;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>The theorem's condition at functions whose Hessian changes by a known part: of f″ over the step s by less than 1/8, and by less
/// than 1/4 over 2s.</summary>
public class NewtonKantorovichTests
{
    private const double Step = 0.5;

    // f = ½x² + g(x) with g″(0) = 0: f″ changes by g″(s) of 1.
    private static bool Holds(Func<Var, Var> g, int? mostProducts = null, double scale = 1, double unit = 1)
    {
        Objective f = Objective.Of(x => scale * (x[0] * x[0] / (unit * unit) / 2 + g(x[0] / unit)));
        return Holds(f, [0], [Step * unit], mostProducts);
    }

    private static bool Holds(Objective f, double[] z, double[] step, int? mostProducts = null)
    {
        Oracle oracle = new(f, z.Length, null, default);
        FreeSpace space = new(oracle, null, null, z);
        double[] gradient = new double[z.Length], after = new double[z.Length];
        space.Linearize(z, gradient);
        DenseCurvature h = new(space.DenseHessian());
        long before = oracle.Meter.Counts.HessianVectorProducts;
        int limit = mostProducts is null ? int.MaxValue : (int)before + mostProducts.Value;
        bool holds = NewtonKantorovich.Holds(space, z, step, h, new ProductBudget(oracle, limit));
        oracle.Meter.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(before + 2 * z.Length);
        // The space stands at z again.
        new DenseCurvature(space.DenseHessian()).Values.ShouldBe(h.Values);
        return holds;
    }

    [Theory]
    [InlineData(0.99, true), InlineData(1.01, false), InlineData(-0.99, true), InlineData(-1.01, false)]
    public void A_cubic_may_change_the_curvature_by_an_eighth_over_the_step(double part, bool holds)
    {
        // (c x³/6)″ = c x.
        Holds(x => part * 0.125 / Step * x * x * x / 6).ShouldBe(holds);
    }

    [Theory]
    [InlineData(0.99, true), InlineData(1.01, false)]
    public void The_end_of_twice_the_step_is_looked_at_too(double part, bool holds)
    {
        // (c x⁴/12)″ = c x²: at s a quarter of what it is at 2s, where 1/4 is allowed, so that the middle alone would let it pass.
        Holds(x => part * 0.25 / (4 * Step * Step) * x * x * x * x / 12).ShouldBe(holds);
    }

    [Fact]
    public void The_middle_is_looked_at_though_the_end_is_like_the_beginning()
    {
        // (c(x⁴/12 − 2s·x³/6))″ = c·x(x − 2s): −c·s² at s, nothing at 2s.
        foreach ((double part, bool holds) in (ReadOnlySpan<(double, bool)>)[(0.99, true), (1.01, false)])
            Holds(x => part * 0.125 / (Step * Step) * (x * x * x * x / 12 - 2 * Step * x * x * x / 6)).ShouldBe(holds);
    }

    [Theory]
    [InlineData(1e12, 1), InlineData(1e-12, 1), InlineData(1, 1e6), InlineData(-3, 1e-6)]
    public void Neither_units_nor_the_scale_enter(double scale, double unit)
    {
        Holds(x => 0.99 * 0.125 / Step * x * x * x / 6, null, scale, unit).ShouldBeTrue();
        Holds(x => 1.01 * 0.125 / Step * x * x * x / 6, null, scale, unit).ShouldBeFalse();
    }

    [Fact]
    public void It_costs_two_Hessians_and_does_not_hold_without_them()
    {
        Holds(_ => 0, 2).ShouldBeTrue();
        Holds(_ => 0, 1).ShouldBeFalse();
        Objective two = Objective.Of(x => x[0] * x[0] + 1e8 * x[1] * x[1]);
        Holds(two, [1, 1], [0.1, 0.1], 4).ShouldBeTrue();
        Holds(two, [1, 1], [0.1, 0.1], 3).ShouldBeFalse();
    }

    [Fact]
    public void It_does_not_hold_where_f_ends_or_the_Hessian_is_singular()
    {
        Holds(Objective.Of(x => x[0] * x[0] - 1e-9 * VarMath.Log(1 - x[0])), [0], [0.5]).ShouldBeFalse(); // Infinite at 2s.
        Holds(Objective.Of(x => x[0] * x[0] + 0 * x[1]), [0, 0], [0.1, 0.1]).ShouldBeFalse();
    }
}
