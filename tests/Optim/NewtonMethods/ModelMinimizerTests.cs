using AutoDiff.Optim;
using AutoDiff.Tests.Optim.Engine;
using static AutoDiff.Tests.Optim.NewtonMethods.Functions;

namespace AutoDiff.Tests.Optim.NewtonMethods;

/// <summary>What trust-region Newton, by either inner solver, and cubic regularization promise alike.</summary>
public class ModelMinimizerTests
{
    public static TheoryData<string> All => ["gltr", "steihaug", "cubic"];

    private static Minimizer Method(string name, double? firstStep = null) => name switch
    {
        "gltr" => new TrustRegionNewton { Certify = false, InitialRadius = firstStep },
        "steihaug" => new TrustRegionNewton { Certify = false, InitialRadius = firstStep, InnerSolver = InnerSolver.SteihaugToint },
        _ => new CubicRegularization { Certify = false, InitialSigma = 1 / (firstStep * firstStep) },
    };

    [Theory, MemberData(nameof(All))]
    public void Known_minima_are_found_from_near_and_far(string name)
    {
        foreach (double scale in (double[])[1, 10, 100])
        {
            foreach (var (f, x0) in (
                ReadOnlySpan<(Objective, double[])>)[(Rosenbrock, [-1.2, 1]), (PowellSingular, [3, -1, 0, 1]), (Beale, [1, 1]),
                (Rosenbrock, Repeat(200, -1.2, 1))])
            {
                OptimizationResult result = Method(name).Minimize(f, [.. x0.Select(x => scale * x)]);
                result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, $"{scale}: {result}");
                result.GradientNorm.ShouldBeLessThanOrEqualTo(1e-4);
                result.Value.ShouldBeLessThan(1e-10);
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Scaling_f_by_a_power_of_two_changes_no_bit_of_the_iterates(string name)
    {
        Objective Scaled(Func<VarVector, Var> f, int power) => Objective.Of(x => Math.ScaleB(1, power) * f(x));
        Func<VarVector, Var> barrier = x => x[0] - Math.Log(x[0]) + Square(Square(x[1]) - 2 * x[0]);
        foreach (var (f, x0, first) in (
            ReadOnlySpan<(Func<VarVector, Var>, double[], double?)>)[(RosenbrockSum, Repeat(20, -1.2, 1, 3, -2), null),
            (barrier, [1.5, 0.01], null), (RosenbrockSum, [-12, 10], 100)])
        {
            Minimizer method = Method(name, name == "cubic" ? null : first) with { KeepTrace = true, GradientTolerance = 1e-6 };
            OptimizationResult plain = method.Minimize(Scaled(f, 0), x0);
            plain.IsConverged.ShouldBeTrue(plain.ToString());
            foreach (int power in (int[])[-40, 40])
            {
                OptimizationResult scaled = (method with { GradientTolerance = Math.ScaleB(1e-6, power) }).Minimize(Scaled(f, power), x0);
                scaled.X.ShouldBe(plain.X);
                scaled.Counts.ShouldBe(plain.Counts);
                scaled.Trace.Select(t => (t.StepLength, t.Ratio)).ShouldBe(plain.Trace.Select(t => (t.StepLength, t.Ratio)));
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void A_rejected_step_costs_no_product(string name)
    {
        OptimizationResult result = (Method(name, 200) with { KeepTrace = true }).Minimize(Rosenbrock, Repeat(40, -1.2, 1, 5, 3, -2, 8));
        result.IsConverged.ShouldBeTrue();
        int rejected = 0;
        for (int i = 0; i + 1 < result.Trace.Count; i++)
        {
            if (result.Trace[i].StepLength > 0)
                continue;
            rejected++;
            result.Trace[i + 1].Counts.HessianVectorProducts.ShouldBe(result.Trace[i].Counts.HessianVectorProducts);
            result.Trace[i + 1].Counts.Values.ShouldBe(result.Trace[i].Counts.Values + 1);
        }
        rejected.ShouldBeGreaterThan(3);
    }

    [Theory, MemberData(nameof(All))]
    public void Where_f_is_not_finite_steps_are_rejected(string name)
    {
        OptimizationResult result = (Method(name, 1e4) with { KeepTrace = true }).Minimize(LogBarrier, [5, 1e-3, 40]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.X.ShouldAllBe(x => Math.Abs(x - 1) < 1e-7);
        result.Trace.ShouldContain(t => t.StepLength == 0);
        result.Trace.ShouldAllBe(t => double.IsFinite(t.Value));
    }

    [Theory, MemberData(nameof(All))]
    public void A_step_to_a_point_without_a_gradient_is_rejected(string name)
    {
        // Newton's step on √(1 + (x − 2)²) goes far beyond 2, to where √(x − x) has the value 0 and no derivative.
        Objective f = Objective.Of(x => Math.Sqrt(1 + Square(x[0] - 2)) + (x[0].Value < 0.5 ? Math.Sqrt(x[0] - x[0]) : 0));
        f.Value([-3]).ShouldBe(Math.Sqrt(26));
        f.Gradient([-3])[0].ShouldBe(double.NaN);
        OptimizationResult result = (Method(name, 5.37) with { KeepTrace = true }).Minimize(f, [5]);
        result.Trace.ShouldContain(t => t.Ratio == double.NegativeInfinity && t.StepLength == 0);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        result.X[0].ShouldBe(2, 1e-8);
    }

    [Theory, MemberData(nameof(All))]
    public void A_run_resumed_from_any_checkpoint_goes_on_with_the_same_bits(string name)
    {
        OptimizationResult whole =
            Resumed.ShouldGoOnWithTheSameBits(Method(name, 100) with { Certify = true }, Rosenbrock, Repeat(12, -1.2, 1, 5, 3, -2, 8));
        whole.Trace.ShouldContain(t => t.StepLength == 0);
    }

    [Theory, MemberData(nameof(All))]
    public void Limits_on_evaluations_are_exact(string name)
    {
        for (int limit = 1; limit < 20; limit += 3)
        {
            double[] x0 = Repeat(10, -1.2, 1);
            OptimizationResult f = (Method(name) with { MaxEvaluations = limit }).Minimize(Rosenbrock, x0);
            (f.Status, f.Counts.Values).ShouldBe((OptimizationStatus.LimitEvaluations, limit));
            OptimizationResult g = (Method(name) with { MaxGradients = limit }).Minimize(Rosenbrock, x0);
            (g.Status, g.Counts.Gradients).ShouldBe((OptimizationStatus.LimitEvaluations, limit));
            OptimizationResult h = (Method(name) with { MaxHessianVectorProducts = limit }).Minimize(Rosenbrock, x0);
            (h.Status, h.Counts.HessianVectorProducts).ShouldBe((OptimizationStatus.LimitEvaluations, limit));
            OptimizationResult i = (Method(name) with { MaxIterations = limit }).Minimize(Rosenbrock, x0);
            (i.Status, i.Iterations).ShouldBe((OptimizationStatus.LimitIterations, limit));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Fall_without_end_is_reported(string name)
    {
        Method(name).Minimize(Objective.Of(x => x[0] * x[0] - x[1] * x[1]), [0.1, 0.1]).Status.ShouldBe(OptimizationStatus.Unbounded);
        Method(name).Minimize(Objective.Of(x => 3 * x[0] - x[1]), [0.1, 0.1]).Status.ShouldBe(OptimizationStatus.Unbounded);
    }

    [Theory, MemberData(nameof(All))]
    public void An_unattainable_tolerance_ends_at_round_off(string name)
    {
        Objective f = Objective.Of(x => 1e6 + Math.Exp(x[0]) - Math.PI * x[0] + Square(1e3 * x[1] - Math.E) + Square(x[0] * x[1]));
        OptimizationResult result = (Method(name) with { GradientTolerance = 0, Certify = true }).Minimize(f, [1, 1]);
        result.Iterations.ShouldBeLessThan(200);
        result.GradientNorm.ShouldBeLessThan(1e-9);
        (result.Status is OptimizationStatus.ConvergedRoundOff or OptimizationStatus.ConvergedGradient).ShouldBeTrue(result.ToString());
    }

    [Theory, MemberData(nameof(All))]
    public void A_Hessian_that_is_not_finite_is_a_status(string name)
    {
        Objective f = Objective.Of(x => Math.Pow(x[0] + x[1], 1.5) + x[1]);
        Method(name).Minimize(f, [1, -1]).Status.ShouldBe(OptimizationStatus.NonFiniteHessian);
    }

    [Theory, MemberData(nameof(All))]
    public void A_hundred_thousand_variables_are_no_obstacle(string name)
    {
        Objective f = Objective.Of(x => Square(x.Norm()) * 0.25 + (x * x * x * x).Sum() - x.Sum());
        OptimizationResult result = Method(name).Minimize(f, Repeat(100_000, 1, -1, 2));
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient);
        // 4t³ + t/2 = 1
        result.X.ShouldAllBe(t => Math.Abs(4 * t * t * t + 0.5 * t - 1) < 1e-8);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new TrustRegionNewton { InitialRadius = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new TrustRegionNewton { InitialRadius = double.NaN });
        Should.Throw<ArgumentOutOfRangeException>(() => new TrustRegionNewton { MaxRadius = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new TrustRegionNewton { MaxRadius = double.NaN });
        Should.Throw<ArgumentOutOfRangeException>(() => new TrustRegionNewton { AcceptRatio = 1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new TrustRegionNewton { BasisLimit = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new CubicRegularization { InitialSigma = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new CubicRegularization { BasisLimit = 0 });
        Should.Throw<InvalidOperationException>(() => new TrustRegionNewton { Preconditioner = _ => null! }.Minimize(Rosenbrock, [1, 2]));
    }
}
