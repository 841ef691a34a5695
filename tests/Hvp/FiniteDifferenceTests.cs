using AutoDiff.Hvp;

namespace AutoDiff.Tests.Hvp;

public class FiniteDifferenceTests
{
    private static readonly double[] s_x = [0.3, -0.8, 1.1], s_v = [0.5, 1, -0.25];

    // f = e^{x₀} sin x₁ + x₀x₂³.
    private static readonly Objective s_f = Objective.Of(x => Math.Exp(x[0]) * Math.Sin(x[1]) + x[0] * x[2] * x[2] * x[2]);

    private static double[] Gradient(double[] x) =>
    [
        Math.Exp(x[0]) * Math.Sin(x[1]) + x[2] * x[2] * x[2],
        Math.Exp(x[0]) * Math.Cos(x[1]),
        3 * x[0] * x[2] * x[2],
    ];

    private static double[] Product(double[] x, double[] v)
    {
        double e = Math.Exp(x[0]), s = Math.Sin(x[1]), c = Math.Cos(x[1]), square = 3 * x[2] * x[2];
        return [e * s * v[0] + e * c * v[1] + square * v[2], e * c * v[0] - e * s * v[1], square * v[0] + 6 * x[0] * x[2] * v[2]];
    }

    private static double Error(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (s, t) => (s - t) * (s - t)).Sum() / b.Sum(t => t * t));

    public static TheoryData<DifferenceScheme, string, double> Accuracies => new()
    {
        { DifferenceScheme.Central, "classic", 1e-9 },
        { DifferenceScheme.Central, "per coordinate", 1e-9 },
        { DifferenceScheme.Central, "scan", 1e-10 },
        { DifferenceScheme.Central, "fixed 1e-05", 1e-9 },
        { DifferenceScheme.Forward, "classic", 1e-6 },
        { DifferenceScheme.Forward, "per coordinate", 1e-6 },
        { DifferenceScheme.Forward, "scan", 1e-6 },
        { DifferenceScheme.Forward, "fixed 1e-05", 1e-4 },
        { DifferenceScheme.Extrapolated, "classic", 1e-12 },
        { DifferenceScheme.Extrapolated, "per coordinate", 1e-12 },
        { DifferenceScheme.Extrapolated, "scan", 1e-12 },
        { DifferenceScheme.Extrapolated, "fixed 1e-05", 1e-9 },
    };

    private static StepRule Rule(string name) =>
        ((StepRule[])[StepRule.Classic, StepRule.PerCoordinate, StepRule.Scan, StepRule.Fixed(1e-5)]).Single(rule => rule.Name == name);

    [Theory, MemberData(nameof(Accuracies))]
    public void Products_and_gradients_are_as_accurate_as_scheme_and_rule_allow(DifferenceScheme scheme, string rule, double tolerance)
    {
        var options = new FiniteDifferenceOptions { Scheme = scheme, StepRule = Rule(rule) };
        double[] expected = Product(s_x, s_v), product = FiniteDifference.Hvp(s_f, s_x, s_v, options, out FiniteDifferenceReport report);
        Error(product, expected).ShouldBeLessThan(tolerance);
        FiniteDifference.Hvp(s_f, s_x, s_v, options).ShouldBe(product);
        double error = Error(product, expected) * Math.Sqrt(expected.Sum(t => t * t));
        error.ShouldBeLessThan(10 * (report.TruncationError + report.RoundOffFloor));
        report.Scheme.ShouldBe(scheme);
        report.Rule.Name.ShouldBe(rule);
        report.IsFinite.ShouldBeTrue();

        double[] gradient = FiniteDifference.Gradient(s_f, s_x, options, out report);
        Error(gradient, Gradient(s_x)).ShouldBeLessThan(tolerance);
        FiniteDifference.Gradient(s_f, s_x, options).ShouldBe(gradient);
        report.Step.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_default_is_the_classic_central_difference()
    {
        double[] product = FiniteDifference.Hvp(s_f, s_x, s_v, new FiniteDifferenceOptions(), out FiniteDifferenceReport report);
        FiniteDifference.Hvp(s_f, s_x, s_v).ShouldBe(product);
        double norm = Math.Sqrt(s_x.Sum(t => t * t)), length = Math.Sqrt(s_v.Sum(t => t * t));
        report.Step.ShouldBe(Math.Cbrt(3 * Math.Pow(2, -53)) * Math.Max(1, norm) / length, 1e-18);
        report.Evaluations.ShouldBe(4);
        double h = report.Step;
        double[] ahead = s_f.Gradient([.. s_x.Zip(s_v, (a, b) => a + h * b)]),
            behind = s_f.Gradient([.. s_x.Zip(s_v, (a, b) => a - h * b)]);
        Error(product, [.. ahead.Zip(behind, (a, b) => (a - b) / (2 * h))]).ShouldBeLessThan(1e-15);
        Error(FiniteDifference.Gradient(s_f, s_x), Gradient(s_x)).ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void Two_gradients_make_a_product()
    {
        int calls = 0;
        Objective counted = Objective.Of(x => { calls++; return x.Dot(x); });
        FiniteDifference.Hvp(counted, s_x, s_v);
        calls.ShouldBe(2);
    }

    [Fact]
    public void A_direction_of_zero_gives_exact_zeros_without_evaluating()
    {
        Objective never = Objective.Of(_ => throw new InvalidOperationException());
        double[] product = FiniteDifference.Hvp(
            never, s_x, new double[3], FiniteDifferenceOptions.Default, out FiniteDifferenceReport report);
        product.ShouldBe([0.0, 0.0, 0.0]);
        (report.Step, report.Evaluations, report.IsFinite).ShouldBe((0.0, 0, true));
    }

    [Fact]
    public void Results_may_overlap_arguments()
    {
        double[] expected = FiniteDifference.Hvp(s_f, s_x, s_v), x = [.. s_x], v = [.. s_v];
        FiniteDifference.Hvp(s_f, x, v, v);
        v.ShouldBe(expected);
        v = [.. s_v];
        FiniteDifference.Hvp(s_f, x, v, x);
        x.ShouldBe(expected);

        double[] gradient = s_f.Gradient(s_x), along = FiniteDifference.Hvp(s_f, s_x, gradient);
        FiniteDifference.Hvp(s_f, s_x, gradient, gradient);
        gradient.ShouldBe(along);
        Error(along, Product(s_x, Gradient(s_x))).ShouldBeLessThan(1e-8);
    }

    [Fact]
    public void What_is_not_finite_is_reported_and_not_thrown()
    {
        Objective log = Objective.Of(x => Math.Log(x[0]));
        foreach (StepRule rule in (StepRule[])[StepRule.Classic, StepRule.PerCoordinate, StepRule.Scan, StepRule.Fixed(1e-5)])
        {
            foreach (DifferenceScheme scheme in Enum.GetValues<DifferenceScheme>())
            {
                FiniteDifference.Hvp(
                    log, [-1.0], [1.0], new FiniteDifferenceOptions { Scheme = scheme, StepRule = rule },
                    out FiniteDifferenceReport report);
                report.IsFinite.ShouldBeFalse();
            }
        }
        FiniteDifference.Hvp(log, [1.0], [double.NaN])[0].ShouldBe(double.NaN);
    }

    [Fact]
    public void Lengths_and_steps_are_checked()
    {
        Should.Throw<ShapeMismatchException>(() => FiniteDifference.Hvp(s_f, s_x, [1.0]));
        Should.Throw<ShapeMismatchException>(() => FiniteDifference.Hvp(s_f, s_x, s_v, new double[2]));
        Should.Throw<ShapeMismatchException>(() => FiniteDifference.Gradient(s_f, s_x, new double[2]));
        foreach (double step in (double[])[0, -1, double.NaN, double.PositiveInfinity])
            Should.Throw<ArgumentOutOfRangeException>(() => StepRule.Fixed(step));
    }

    [Fact]
    public void The_scan_meets_scales_that_the_rules_miss()
    {
        double[] x = ComparisonCase.OfNorm(10, 1, 1e8), v = ComparisonCase.Uniform(10, 101);
        Objective f = Objective.Of(p => Math.Cos(p).Sum());
        double[] exact = [.. x.Zip(v, (a, b) => -Math.Cos(a) * b)];
        Error(FiniteDifference.Hvp(f, x, v), exact).ShouldBeInRange(0.9, 1.1);
        Error(FiniteDifference.Hvp(f, x, v, new FiniteDifferenceOptions { StepRule = StepRule.Scan }), exact).ShouldBeLessThan(1e-5);
        Error(FiniteDifference.Hvp(
            f, x, v, new FiniteDifferenceOptions { Scheme = DifferenceScheme.Extrapolated, StepRule = StepRule.Scan }),
            exact).ShouldBeLessThan(1e-6);
    }
}
