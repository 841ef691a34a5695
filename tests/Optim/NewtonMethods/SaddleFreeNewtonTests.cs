using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Tests.Optim.Engine;

namespace AutoDiff.Tests.Optim.NewtonMethods;

public class SaddleFreeNewtonTests
{
    [Theory, InlineData(200), InlineData(0)]
    public void The_first_steps_from_a_saddle_double_the_distance(int denseLimit)
    {
        Objective saddle = Objective.Of(x => x[0] * x[0] - x[1] * x[1]);
        double expected = 0.1;
        for (int k = 1; k <= 4; k++)
        {
            expected *= 2;
            OptimizationResult result = new SaddleFreeNewton { MaxIterations = k, DenseLimit = denseLimit }.Minimize(saddle, [0.1, 0.1]);
            result.X[0].ShouldBe(0, 1e-15);
            result.X[1].ShouldBe(expected, 1e-14);
            (result.Value < -1).ShouldBe(k == 4);
        }
        new SaddleFreeNewton { DenseLimit = denseLimit }.Minimize(saddle, [0.1, 0.1]).Status.ShouldBe(OptimizationStatus.Unbounded);
    }

    [Fact]
    public void From_the_ridge_it_never_leaves_by_itself()
    {
        Objective f = Objective.Of(x => x[0] * x[0] - x[1] * x[1] + 0.25 * x[1] * x[1] * x[1] * x[1]);
        OptimizationResult result = new SaddleFreeNewton { EscapeSaddles = false }.Minimize(f, [0.1, 0]);
        result.X[1].ShouldBe(0);
        result.IsConverged.ShouldBeTrue();
    }

    [Theory, InlineData(200), InlineData(0)]
    public void Rosenbrock_is_solved_by_the_dense_and_the_Krylov_method(int denseLimit)
    {
        OptimizationResult result = new SaddleFreeNewton { DenseLimit = denseLimit }.Minimize(RosenbrockLambda.Scalar(), [-1.2, 1, 0.3]);
        result.Status.ShouldBe(OptimizationStatus.ConvergedGradient, result.ToString());
        result.X.ShouldAllBe(x => Math.Abs(x - 1) < 1e-7);
    }

    [Theory, InlineData(-40), InlineData(40)]
    public void Iterates_do_not_change_when_f_is_multiplied_by_a_power_of_two(int power)
    {
        double factor = Math.ScaleB(1, power);
        Objective f = RosenbrockLambda.Scalar(), scaled = Objective.Of(x => factor * f.Value(x));
        SaddleFreeNewton method = new() { MaxIterations = 15, GradientTolerance = 0, Certify = false };
        method.Minimize(scaled, [-1.2, 1, 0.5]).X.ShouldBe(method.Minimize(f, [-1.2, 1, 0.5]).X);
    }

    [Theory, InlineData(200), InlineData(0)]
    public void A_resumed_run_goes_on_with_the_same_bits(int denseLimit) =>
        Resumed.ShouldGoOnWithTheSameBits(new SaddleFreeNewton { DenseLimit = denseLimit }, RosenbrockLambda.Scalar(), [-1.2, 1, -1.2, 1]);
}
