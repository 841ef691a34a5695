using AutoDiff.Optim.LineSearches;

namespace AutoDiff.Tests.Optim.LineSearches;

public class HagerZhangTests
{
    private const double Delta = 0.1, Sigma = 0.9, Epsilon = 1e-6;

    [Theory, CombinatorialFunctions]
    public void At_the_accepted_point_the_Wolfe_or_the_approximate_Wolfe_conditions_hold(int number, double first)
    {
        (Objective phi, _, _) = MoreThuenteFunctions.Get(number);
        using Line line = new(phi, [0], [1]);
        new HagerZhang(line.Function).Search(first).ShouldBe(LineSearchOutcome.Wolfe);
        ShouldSatisfyWolfe(phi, line.Function.Accepted.X[0], Delta, Sigma);
        line.Counts.Values.ShouldBeLessThanOrEqualTo(20);
        line.Counts.Gradients.ShouldBe(line.Counts.Values);
    }

    [Theory, CombinatorialFunctions]
    public void Narrow_conditions_are_met_too(int number, double first)
    {
        (Objective phi, _, _) = MoreThuenteFunctions.Get(number);
        using Line line = new(phi, [0], [1]);
        new HagerZhang(line.Function, 0.001, 0.002).Search(first).ShouldBe(LineSearchOutcome.Wolfe);
        ShouldSatisfyWolfe(phi, line.Function.Accepted.X[0], 0.001, 0.002);
    }

    [Theory, InlineData(1), InlineData(1e3), InlineData(1e9)]
    public void A_trial_outside_the_domain_is_too_long(double first)
    {
        Objective phi = Objective.Of(x => -Math.Log(1 - x[0]) - 2 * x[0]);
        using Line line = new(phi, [0], [1]);
        new HagerZhang(line.Function).Search(first).ShouldBe(LineSearchOutcome.Wolfe);
        ShouldSatisfyWolfe(phi, line.Function.Accepted.X[0], Delta, Sigma);
    }

    [Fact]
    public void Expansion_into_nowhere_comes_back()
    {
        Objective phi = Objective.Of(x => -Math.Sqrt(x[0] + 1) + 0 * Math.Log(100 - x[0]));
        using Line line = new(phi, [0], [1]);
        new HagerZhang(line.Function, sigma: 0.05).Search(1).ShouldNotBe(LineSearchOutcome.Failed);
        line.Function.Accepted.X[0].ShouldBeInRange(25, 100);
    }

    [Fact]
    public void An_ascent_that_no_step_undoes_fails()
    {
        Objective phi = Objective.Of(x => Math.Abs(x[0]) - 1e-3 * x[0]);
        using Line line = new(phi, [0], [1]);
        new HagerZhang(line.Function).Search(1).ShouldBe(LineSearchOutcome.Failed);
    }

    [Fact]
    public void Without_an_end_to_the_descent_the_longest_trial_is_taken()
    {
        using Line line = new(Objective.Of(x => -x[0]), [0], [1]);
        new HagerZhang(line.Function).Search(1).ShouldBe(LineSearchOutcome.Decrease);
        line.Function.Accepted.X[0].ShouldBeGreaterThan(1e20);
    }

    private static void ShouldSatisfyWolfe(Objective phi, double alpha, double delta, double sigma)
    {
        double value0 = phi.Value([0]), slope0 = phi.Gradient([0])[0], value = phi.Value([alpha]), slope = phi.Gradient([alpha])[0];
        slope.ShouldBeGreaterThanOrEqualTo(sigma * slope0);
        bool isWolfe = value - value0 <= delta * alpha * slope0;
        bool isApproximate = (2 * delta - 1) * slope0 >= slope && value <= value0 + Epsilon * Math.Abs(value0);
        (isWolfe || isApproximate).ShouldBeTrue($"α = {alpha}: φ {value0} -> {value}, φ′ {slope0} -> {slope}");
    }

    private sealed class CombinatorialFunctionsAttribute : Xunit.Sdk.DataAttribute
    {
        public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) =>
            from number in Enumerable.Range(1, 6) from first in new[] { 1e-3, 1e-1, 1e1, 1e3 } select new object[] { number, first };
    }
}
