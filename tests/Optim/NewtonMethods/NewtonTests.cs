using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Tests.Optim.Engine;

namespace AutoDiff.Tests.Optim.NewtonMethods;

public class NewtonTests
{
    private static Objective Saddle() => Objective.Of(x => x[0] * x[0] - x[1] * x[1]);

    [Fact]
    public void Newton_steps_onto_a_saddle_and_stays()
    {
        OptimizationResult result = new Newton { EscapeSaddles = false, Certify = false }.Minimize(Saddle(), [0.1, 0.1]);
        result.Iterations.ShouldBe(1);
        result.X[0].ShouldBe(0, 1e-16);
        result.X[1].ShouldBe(0, 1e-16);
    }

    [Theory, InlineData(200), InlineData(0)]
    public void Rosenbrock_is_solved_by_the_dense_and_the_Krylov_method(int denseLimit)
    {
        double[] x0 = [-1.2, 1, -1.2, 1, -1.2, 1];
        OptimizationResult result = new Newton { DenseLimit = denseLimit }.Minimize(RosenbrockLambda.Scalar(), x0);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, result.ToString());
        RosenbrockLambda.Scalar().Gradient(result.X).ShouldAllBe(g => Math.Abs(g) < 1e-8);
        result.GradientNorm.ShouldBeLessThan(1e-8);
    }

    [Fact]
    public void A_quadratic_takes_one_step()
    {
        Objective f = Objective.Of(x => 3 * x[0] * x[0] + x[0] * x[1] + 2 * x[1] * x[1] - x[0]);
        OptimizationResult result = new Newton().Minimize(f, [7.0, -5.0]);
        result.Iterations.ShouldBe(1);
        result.X[0].ShouldBe(4.0 / 23, 1e-14);
        result.X[1].ShouldBe(-1.0 / 23, 1e-14);
    }

    [Fact]
    public void A_step_out_of_the_domain_is_shortened()
    {
        Objective f = Objective.Of(x => x[0] - Math.Log(x[0]));
        OptimizationResult result = new Newton().Minimize(f, [3.0]);
        result.X[0].ShouldBe(1, 1e-8);
        result.IsConverged.ShouldBeTrue();
    }

    [Theory, InlineData(-40), InlineData(40)]
    public void Iterates_do_not_change_when_f_is_multiplied_by_a_power_of_two(int power)
    {
        double factor = Math.ScaleB(1, power);
        Objective f = RosenbrockLambda.Scalar(), scaled = Objective.Of(x => factor * f.Value(x));
        Newton method = new() { MaxIterations = 15, GradientTolerance = 0, Certify = false };
        OptimizationResult plain = method.Minimize(f, [-1.2, 1, 0.5]), other = method.Minimize(scaled, [-1.2, 1, 0.5]);
        other.X.ShouldBe(plain.X);
    }

    [Theory, InlineData(200), InlineData(0)]
    public void A_resumed_run_goes_on_with_the_same_bits(int denseLimit) =>
        Resumed.ShouldGoOnWithTheSameBits(new Newton { DenseLimit = denseLimit }, RosenbrockLambda.Scalar(), [-1.2, 1, -1.2, 1]);
}
