using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.FirstOrder;

public class ScheduleTests
{
    private static double[] Rates(
        LearningRateSchedule schedule, int steps, Objective? f = null, double[]? x0 = null, double learningRate = 0.2)
    {
        GradientDescent method =
            new() { LearningRate = learningRate, Schedule = schedule, MaxIterations = steps, KeepTrace = true, Certify = false,
            GradientTolerance = 0 };
        return [.. method.Minimize(f ?? Objective.Of(x => Math.Exp(x[0])), x0 ?? [0.5]).Trace.Select(p => p.Radius)];
    }

    private static void ShouldBeFormula(double[] rates, Func<int, double> formula)
    {
        for (int k = 0; k < rates.Length; k++)
            rates[k].ShouldBe(formula(k), 1e-15, $"step {k}");
    }

    [Fact]
    public void Closed_forms_are_what_they_say()
    {
        ShouldBeFormula(Rates(new ConstantRate(0.5), 5), _ => 0.1);
        ShouldBeFormula(Rates(new StepDecay(4, 0.5), 13), k => 0.2 * new[] { 1, 0.5, 0.25, 0.125 }[k / 4]);
        ShouldBeFormula(Rates(new ExponentialDecay(0.5), 5), k => 0.2 / (1 << k));
        ShouldBeFormula(Rates(new CosineAnnealing(4) { Lowest = 0.1 }, 8),
            k => new[] { 0.2, 0.15 + 0.05 * Math.Sqrt(0.5), 0.15, 0.15 - 0.05 * Math.Sqrt(0.5), 0.1, 0.1, 0.1, 0.1 }[k]);
        ShouldBeFormula(Rates(new WarmUp(4) { From = 0.2 }, 6), k => 0.2 * new[] { 0.4, 0.6, 0.8, 1, 1, 1 }[k]);
    }

    [Fact]
    public void Restarts_begin_at_the_full_rate_with_longer_periods()
    {
        double[] rates = Rates(new CosineAnnealing(2) { Restarts = true, PeriodFactor = 2 }, 15);
        Enumerable.Range(0, 15).Where(k => rates[k] == 0.2).ShouldBe([0, 2, 6, 14]);
        double[] equal = Rates(new CosineAnnealing(3) { Restarts = true }, 10);
        Enumerable.Range(0, 10).Where(k => equal[k] == 0.2).ShouldBe([0, 3, 6, 9]);
    }

    [Fact]
    public void Schedules_compose_from_within()
    {
        ShouldBeFormula(Rates(new WarmUp(2) { Of = new StepDecay(2, 0.5) { Of = new ConstantRate(2) } }, 7),
            k => 0.4 * new[] { 0.5, 1, 1, 1, 0.5, 0.5, 0.25 }[k]);
        ShouldBeFormula(Rates(new Alternating { Of = new ExponentialDecay(0.5) }, 4), k => (k % 2 == 0 ? 0.2 : 0) / (1 << k));
    }

    [Fact]
    public void A_schedule_that_gives_no_number_is_misuse() =>
        Should.Throw<InvalidOperationException>(() => Rates(new Broken(), 5)).Message.ShouldContain("step 3");

    [Fact]
    public void The_curvature_s_rate_is_that_of_the_extreme_eigenvalues()
    {
        Objective f = Objective.Of(x => 0.5 * (8 * x[0] * x[0] + 3 * x[1] * x[1] + 2 * x[2] * x[2]));
        ShouldBeFormula(Rates(new CurvatureRate { Fraction = 0.5, Accuracy = 1e-12 }, 4, f, [1, 2, 3]), _ => 0.5 * 2 / 8.0);
        ShouldBeFormula(Rates(new CurvatureRate { Fraction = 1, UseLowest = true, Accuracy = 1e-12 }, 4, f, [1, 2, 3]), _ => 2 / 10.0);
    }

    [Fact]
    public void The_curvature_is_measured_at_intervals_and_its_products_are_counted()
    {
        Objective f = Objective.Of(x => Math.Cosh(x[0]) + 2 * Math.Cosh(2 * x[1]));
        GradientDescent method =
            new() { Schedule = new CurvatureRate { Every = 10, Fraction = 0.5 }, MaxIterations = 25, KeepTrace = true, Certify = false,
            GradientTolerance = 0 };
        OptimizationResult result = method.Minimize(f, [1, 1]);
        result.Counts.HessianVectorProducts.ShouldBe(3 * 2);
        result.Counts.Gradients.ShouldBe(26 + 3);
        result.Counts.Values.ShouldBe(26);
        for (int k = 1; k < 25; k++)
            (result.Trace[k].Radius != result.Trace[k - 1].Radius).ShouldBe(k % 10 == 0, $"step {k}");
        result.Trace[0].Radius.ShouldBe(1 / (8 * Math.Cosh(2)), 1e-12);
        (method with { MaxHessianVectorProducts = 3 }).Minimize(f, [1, 1]).Status.ShouldBe(OptimizationStatus.LimitEvaluations);
    }

    [Fact]
    public void Where_no_curvature_is_positive_the_inner_rate_stays() =>
        ShouldBeFormula(Rates(
            new CurvatureRate { Every = 1, Of = new ConstantRate(0.5) }, 3, Objective.Of(x => -x[0] * x[0] - 2 * x[1] * x[1]), [1, 1]),
            _ => 0.1);

    [Fact]
    public void The_curvature_s_rate_converges_where_a_constant_one_may_not()
    {
        Objective f = Objective.Of(x => 5000 * x[0] * x[0] + 500 * x[1] * x[1]);
        (new GradientDescent { Certify = false, MaxIterations = 2000 }).Minimize(f, [1, 1]).IsConverged.ShouldBeFalse();
        OptimizationResult result =
            new GradientDescent { Schedule = new CurvatureRate { UseLowest = true }, Certify = false, MaxIterations = 2000 }.Minimize(
            f, [1, 1]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.Iterations.ShouldBeLessThan(300);
    }

    [Fact]
    public void A_boost_raises_the_rate_near_a_saddle_and_lowers_it_again()
    {
        Objective f = Objective.Of(x => x[0] * x[0] - x[1] * x[1] + Math.Pow(x[1], 4) / 4);
        SaddleBoost boost = new() { Factor = 4, Steps = 6, Every = 3, GradientThreshold = 1e-2 };
        GradientDescent method = new() { LearningRate = 0.1, KeepTrace = true, Certify = false };
        OptimizationResult plain = method.Minimize(f, [0.5, 1e-5]), boosted = (method with { Schedule = boost }).Minimize(f, [0.5, 1e-5]);
        double[] rates = [.. boosted.Trace.Select(p => p.Radius)];
        rates.Distinct().Order().ShouldBe([0.1, 0.4]);
        rates[0].ShouldBe(0.1);
        rates[^1].ShouldBe(0.1);
        int first = Array.IndexOf(rates, 0.4);
        rates[first..(first + 6)].ShouldAllBe(rate => rate == 0.4);
        rates.Count(rate => rate == 0.4).ShouldBe(6 * (rates.Count(rate => rate == 0.4) / 6));
        boosted.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        Math.Abs(boosted.X[1]).ShouldBe(Math.Sqrt(2), 1e-7);
        boosted.Iterations.ShouldBeLessThan(plain.Iterations);
        boosted.Counts.HessianVectorProducts.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_boost_leaves_the_rate_alone_where_the_curvature_is_not_negative()
    {
        double[] rates = Rates(
            new SaddleBoost { Every = 2, GradientThreshold = 1 }, 60, Objective.Of(x => x[0] * x[0] + Math.Pow(x[1], 4)), [0.5, 0.5]);
        rates.ShouldAllBe(rate => rate == 0.2);
    }

    [Fact]
    public void A_plateau_lowers_the_rate_for_negative_values_too()
    {
        // Steps of constant length around the minimum: f stays at −1 within a little, and the rate has to fall for it to get nearer.
        OptimizationResult result =
            new RmsProp { LearningRate = 0.1, Schedule = new PlateauDecay { Factor = 0.5, Patience = 5, Threshold = 1e-6 },
            MaxIterations = 3000, KeepTrace = true, Certify = false }
            .Minimize(Objective.Of(x => x[0] * x[0] - 1), [2]);
        result.Trace[0].Radius.ShouldBe(0.1);
        result.Trace[^1].Radius.ShouldBeLessThan(0.01);
        result.Value.ShouldBe(-1, 1e-10);
    }

    private sealed record Alternating : ClosedFormSchedule
    {
        public override double Rate(double rate, long step) => step % 2 == 0 ? rate : 0;
    }

    private sealed record Broken : ClosedFormSchedule
    {
        public override double Rate(double rate, long step) => step == 3 ? double.NaN : rate;
    }
}
