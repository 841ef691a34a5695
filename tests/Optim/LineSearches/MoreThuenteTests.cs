using AutoDiff.Optim.LineSearches;

namespace AutoDiff.Tests.Optim.LineSearches;

public class MoreThuenteTests
{
    // Tables I–VI of the paper: function, α₀, evaluations, final α. The last digits are those of MINPACK-2's dcsrch (as called from scipy
    // 1.10.1 with α ≤ 4·max(1, α₀)), which reproduces the tables.
    [Theory]
    [InlineData(1, 1e-3, 6, 1.365), InlineData(1, 1e-1, 3, 1.4413720790892741), InlineData(1, 1e1, 1, 10),
        InlineData(1, 1e3, 4, 36.88760696396662)]
    [InlineData(2, 1e-3, 12, 1.596), InlineData(2, 1e-1, 8, 1.596), InlineData(2, 1e1, 8, 1.596), InlineData(2, 1e3, 11, 1.596)]
    [InlineData(3, 1e-3, 12, 0.99999968), InlineData(3, 1e-1, 12, 0.9999988), InlineData(3, 1e1, 10, 0.99999999),
        InlineData(3, 1e3, 13, 0.9999999)]
    [InlineData(4, 1e-3, 4, 0.085), InlineData(4, 1e-1, 1, 0.1), InlineData(4, 1e1, 3, 0.3491046164172457),
        InlineData(4, 1e3, 4, 0.8294012431694555)]
    [InlineData(5, 1e-3, 6, 0.07501087060006814), InlineData(5, 1e-1, 3, 0.07751042197802409), InlineData(5, 1e1, 7, 0.07314201106894994),
        InlineData(5, 1e3, 8, 0.07615927320141007)]
    [InlineData(6, 1e-3, 13, 0.9279032286386139), InlineData(6, 1e-1, 11, 0.9261500138380064), InlineData(6, 1e1, 8, 0.924781673432206),
        InlineData(6, 1e3, 11, 0.9243979067536415)]
    public void The_papers_tables_are_reproduced(int number, double first, int evaluations, double alpha)
    {
        (Objective phi, double mu, double eta) = MoreThuenteFunctions.Get(number);
        using Line line = new(phi, [0], [1]);
        LineSearchOutcome outcome = new MoreThuente(mu, eta, 1e-10).Search(line.Function, first, 4 * Math.Max(1, first));
        outcome.ShouldBe(LineSearchOutcome.Wolfe);
        line.Counts.Values.ShouldBe(evaluations);
        line.Counts.Gradients.ShouldBe(evaluations);
        double accepted = line.Function.Accepted.X[0];
        accepted.ShouldBe(alpha, 1e-7 * alpha);
        double slope0 = phi.Gradient([0])[0];
        phi.Value([accepted]).ShouldBeLessThanOrEqualTo(phi.Value([0]) + mu * accepted * slope0);
        Math.Abs(phi.Gradient([accepted])[0]).ShouldBeLessThanOrEqualTo(eta * Math.Abs(slope0));
    }

    [Theory, InlineData(1), InlineData(1e3), InlineData(1e9)]
    public void A_trial_outside_the_domain_is_too_long(double first)
    {
        Objective phi = Objective.Of(x => -Math.Log(1 - x[0]) - 2 * x[0]);
        using Line line = new(phi, [0], [1]);
        new MoreThuente(1e-4, 0.01).Search(line.Function, first, 4 * first).ShouldBe(LineSearchOutcome.Wolfe);
        line.Function.Accepted.X[0].ShouldBe(0.5, 0.01);
    }

    [Fact]
    public void A_finite_value_with_a_gradient_that_is_not_is_rejected()
    {
        // √ has an infinite slope at 0, where α = 1 leads.
        Objective phi = Objective.Of(x => Math.Pow(x[0] - 0.6, 2) + Math.Sqrt(1 - x[0]));
        using Line line = new(phi, [0], [1]);
        new MoreThuente().Search(line.Function, 1, 4).ShouldNotBe(LineSearchOutcome.Failed);
        line.Function.Accepted.X[0].ShouldBeInRange(1e-10, 0.999);
    }

    [Fact]
    public void An_ascent_that_no_step_undoes_fails()
    {
        // d points downhill, says a gradient that is false: f has a kink at 0.
        Objective phi = Objective.Of(x => Math.Abs(x[0]) - 1e-3 * x[0]);
        using Line line = new(phi, [0], [1]);
        new MoreThuente().Search(line.Function, 1, 4).ShouldBe(LineSearchOutcome.Failed);
        line.Counts.Values.ShouldBeLessThanOrEqualTo(40);
    }

    [Fact]
    public void Without_an_end_to_the_descent_the_longest_step_is_taken()
    {
        using Line line = new(Objective.Of(x => -x[0]), [0], [1]);
        new MoreThuente().Search(line.Function, 1, 100).ShouldBe(LineSearchOutcome.Decrease);
        line.Function.Accepted.X[0].ShouldBe(100);
    }

    [Fact]
    public void Where_values_are_rounding_slopes_decide()
    {
        // 1 + x² near 0: between 0 and the minimizer f changes by 1e-18, below its last digit.
        Objective phi = Objective.Of(x => 1 + Math.Square(x[0] - 1e-9));
        using Line line = new(phi, [0], [1]);
        new MoreThuente(1e-4, 0.01).Search(line.Function, 1e-8, 1).ShouldBe(LineSearchOutcome.Wolfe);
        line.Function.Accepted.X[0].ShouldBe(1e-9, 1e-11);
    }
}
