using AutoDiff.Hvp;

namespace AutoDiff.Tests.Hvp;

/// <summary>Losses with kinks, away from them: their curvature is what the smooth part has, often nothing at all.</summary>
public class PiecewiseLinearTests
{
    private static readonly Dictionary<string, (Func<VarVector, Var> F, double[] X)> s_cases = new()
    {
        ["max(x, 0) at 1"] = (x => Math.Max(x[0], 0), [1]),
        ["max(x, 0) at −1"] = (x => Math.Max(x[0], 0), [-1]),
        ["|x| + y²"] = (x => Math.Abs(x[0]) + x[1] * x[1], [1, 1]),
        ["Σ|xᵢ| + ½‖x‖²"] = (x => Math.Abs(x).Sum() + 0.5 * x.SquaredNorm(), [0.5, -2, 1.5]),
    };

    public static TheoryData<string> Names() => [.. s_cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_correct_product_agrees(string name)
    {
        (Func<VarVector, Var> f, double[] x) = s_cases[name];
        for (int seed = 1; seed <= 10; seed++)
        {
            Random random = new(seed);
            double[] v = [.. x.Select(_ => 2 * random.NextDouble() - 1)];
            HvpComparison comparison = HvpComparison.Run(Objective.Of(f), x, v);
            comparison.Verdict.ShouldBe(HvpVerdict.Agree, comparison.ToString());
        }
    }

    [Theory]
    [InlineData(1e8), InlineData(1e11), InlineData(1e13), InlineData(4e15)]
    public void Cancellation_is_not_taken_for_flatness(double large)
    {
        // The gradient is x to within large · 2⁻⁵³, so that small steps see no change at all; its slope is 1, not 0.
        double[] x = [1.0], v = [1.0];
        HvpComparison right = HvpComparison.Run(Gradient, x, v, _ => [1.0]), wrong = HvpComparison.Run(Gradient, x, v, _ => [0.0]);
        right.Verdict.ShouldNotBe(HvpVerdict.Disagree, right.ToString());
        wrong.Verdict.ShouldNotBe(HvpVerdict.Agree, wrong.ToString());

        double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient[0] = (point[0] + large) - large;
            return 0.5 * point[0] * point[0];
        }
    }
}
