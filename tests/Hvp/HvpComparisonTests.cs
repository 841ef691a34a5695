using AutoDiff.Hvp;
using static AutoDiff.Tests.Hvp.ComparisonCase;

namespace AutoDiff.Tests.Hvp;

/// <summary>The table "Honest finite differences": no correct product is called wrong and no wrong one correct, on any scale.</summary>
public class HvpComparisonTests
{
    private const int Seeds = 12;

    public static TheoryData<string> Families =>
        ["Rosenbrock", "Rosenbrock far", "exponentials", "cosines on a slope", "cosines far out", "cosines, long direction", "cosines"];

    private static IEnumerable<ComparisonCase> Cases(string family)
    {
        foreach (int n in (int[])[1, 2, 10, 40])
        {
            for (ulong seed = 1; seed <= Seeds; seed++)
            {
                double[] v = Uniform(n, seed + 100), near = Uniform(n, seed, 3);
                double[] rates = [.. Enumerable.Range(0, n).Select(i => i == 0 ? 40 : 40 * Math.Abs(Uniform(n, seed + 200)[i]))];
                if (n == 1 && family.StartsWith("Rosenbrock", StringComparison.Ordinal))
                    continue;
                yield return family switch
                {
                    "Rosenbrock" => Valley(family, OfNorm(n, seed, 4), v),
                    "Rosenbrock far" => Valley(family, OfNorm(n, seed, 4e6), v),
                    "exponentials" => Exponentials(family, Uniform(n, seed), v, rates),
                    "cosines on a slope" => CosinesOnSlope(family, near, v, 1e8),
                    "cosines far out" => Cosines(family, OfNorm(n, seed, 1e8), v),
                    "cosines, long direction" => Cosines(family, near, OfNorm(n, seed + 100, 1e8)),
                    _ => Cosines(family, near, v),
                };
            }
        }
    }

    // The floors that the differences can reach: u·1e8 of absolute noise in the gradient, or in the points, is 1e-8 on the cosines' own
    // scale.
    private static double ReachableFloor(string family) =>
        family is "cosines on a slope" or "cosines far out" ? double.PositiveInfinity : 1e-11;

    [Theory, MemberData(nameof(Families))]
    public void Correct_products_are_never_called_wrong(string family)
    {
        foreach (ComparisonCase one in Cases(family))
        {
            HvpComparison c = one.Run();
            c.Verdict.ShouldNotBe(HvpVerdict.Disagree, c.ToString());
            if (c.Floor <= new HvpComparisonOptions().Tolerance)
                c.Verdict.ShouldBe(HvpVerdict.Agree, c.ToString());
            c.Floor.ShouldBeLessThan(ReachableFloor(family), c.ToString());
            c.RelativeDifference.ShouldBeLessThan(c.Floor, c.ToString());
            (c.Findings & ~HvpFindings.LeftDomain).ShouldBe(HvpFindings.None, c.ToString());
        }
    }

    [Theory, MemberData(nameof(Families))]
    public void Faulty_products_are_never_called_correct(string family)
    {
        foreach (ComparisonCase one in Cases(family))
        {
            foreach (double fault in (double[])[1e-6, -1e-6, 1e-4, -1e-4, 1e-2])
            {
                HvpComparison c = one.Run(fault);
                c.Verdict.ShouldNotBe(HvpVerdict.Agree, c.ToString());
                if (c.Floor < Math.Abs(fault) / 6)
                    c.Verdict.ShouldBe(HvpVerdict.Disagree, c.ToString());
            }
        }
    }

    [Theory]
    [InlineData("cosines on a slope", 0.5)]
    [InlineData("cosines far out", 0.7)]
    public void Most_of_the_hard_rows_are_decided(string family, double part)
    {
        HvpVerdict[] verdicts = [.. Cases(family).Select(one => one.Run().Verdict)];
        ((double)verdicts.Count(v => v == HvpVerdict.Agree) / verdicts.Length).ShouldBeGreaterThan(part);
    }

    [Fact]
    public void Where_the_classic_step_is_wholly_wrong_the_comparison_is_right()
    {
        ComparisonCase far = Cosines("far", OfNorm(10, 1, 1e8), Uniform(10, 101));
        double[] exact = far.Product(far.V);
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < x.Length; i++)
                sum += Math.Cos(x[i]);
            return sum;
        });
        double[] classic = FiniteDifference.Hvp(f, far.X, far.V);
        double error = Math.Sqrt(classic.Zip(exact, (a, b) => (a - b) * (a - b)).Sum() / exact.Sum(t => t * t));
        error.ShouldBeInRange(0.9, 1.1);
        HvpComparison c = HvpComparison.Run(f, far.X, far.V);
        c.Verdict.ShouldBe(HvpVerdict.Agree, c.ToString());
        c.RelativeError.ShouldBeLessThan(1e-5);
        c.BestStep.ShouldBeLessThan(0.1);
    }

    [Fact]
    public void A_dropped_term_is_found_in_every_component()
    {
        double[] x = OfNorm(10, 3, 4), v = Uniform(10, 103);
        for (int dropped = 0; dropped + 1 < x.Length; dropped++)
        {
            HvpComparison c = HvpComparison.Run(AutoDiff.Problems.Rosenbrock.ValueAndGradient, x, v, w =>
            {
                double[] result = ValleyProduct(x, w);
                result[dropped] += 400 * x[dropped] * w[dropped + 1];
                return result;
            });
            c.Verdict.ShouldBe(HvpVerdict.Disagree, c.ToString());
            c.Symmetry.ShouldBeGreaterThan(1e-6);
        }
    }

    [Fact]
    public void A_wiggle_that_only_small_steps_see_is_not_missed()
    {
        // 1e-12·cos(1e6 x) gives as much curvature as cos x, and steps above 1e-6 average it away.
        double[] x = Uniform(10, 5, 3), v = Uniform(10, 105);
        ComparisonCase whole = Sum(
            "wiggle", x, v, (_, t) => Math.Cos(t) + 1e-12 * Math.Cos(1e6 * t), (_, t) => -Math.Sin(t) - 1e-6 * Math.Sin(1e6 * t),
            (_, t) => -Math.Cos(t) - Math.Cos(1e6 * t));
        whole.Run().Verdict.ShouldBe(HvpVerdict.Agree);
        ComparisonCase smooth = whole with { Product = w => [.. w.Select((t, i) => -Math.Cos(x[i]) * t)] };
        smooth.Run().Verdict.ShouldBe(HvpVerdict.Disagree);
    }

    [Fact]
    public void The_taylor_slope_is_three_for_the_correct_product_and_two_for_a_wrong_one()
    {
        ComparisonCase one = Exponentials("exp", [0.3, -0.2], [1, 0.5], [1, 2]);
        one.Run().TaylorSlope.ShouldBe(3, 0.2);
        one.Run(0.1).TaylorSlope.ShouldBe(2, 0.2);
        Cosines("even", [0.0], [1.0]).Run().TaylorSlope.ShouldBe(4, 0.2);
    }

    [Fact]
    public void The_v_curve_falls_and_rises()
    {
        HvpComparison c = Exponentials("exp", [0.3, -0.2], [1, 0.5], [1, 2]).Run();
        c.Steps.Count.ShouldBeGreaterThan(40);
        c.Steps.Select(s => s.Step).ShouldBeInOrder();
        c.RelativeError.ShouldBe(c.Steps.Min(s => s.RelativeError));
        c.RelativeError.ShouldBeLessThan(1e-9);
        c.Steps[0].RelativeError.ShouldBeGreaterThan(1e-5);
        c.Steps[^1].RelativeError.ShouldBeGreaterThan(1);
        string table = c.ToString();
        table.ShouldContain(" best");
        table.ShouldContain("Agree: ");
        table.Split('\n').Length.ShouldBe(c.Steps.Count + 8);
    }

    [Fact]
    public void Runs_repeat_bit_for_bit()
    {
        ComparisonCase one = Valley("valley", OfNorm(10, 7, 4), Uniform(10, 107));
        HvpComparison first = one.Run(), second = one.Run();
        second.Approximate.ShouldBe(first.Approximate);
        second.Uncertainty.ShouldBe(first.Uncertainty);
        second.Steps.ShouldBe(first.Steps);
        second.Symmetry.ShouldBe(first.Symmetry);
    }
}
