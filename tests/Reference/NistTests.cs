using AutoDiff.Lambdas;
using AutoDiff.Problems;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Reference;

/// <summary>The NIST regression models give the certified results at the certified parameters.</summary>
public class NistTests
{
    public static TheoryData<string> Names() => [.. NistProblem.Names];

    [Fact]
    public void There_are_twenty_seven() =>
        NistProblem.Names.Distinct().Count().ShouldBe(27);

    [Theory, MemberData(nameof(Names))]
    public void The_sum_of_squares_at_the_certified_parameters_is_the_certified_one(string name)
    {
        NistModel model = NistModel.Load(name);
        double[] b = model.Problem.CertifiedParameters();
        double value = model.Objective.Value(b), certified = model.Problem.ResidualSumOfSquares;
        if (name == "Lanczos1")
            value.ShouldBeLessThan(1e-19); // 1.4e-25, which neither the parameters' 11 digits nor a double can show.
        else
            Math.Abs(value - certified).ShouldBeLessThan(Rounding(model, b) + 1e-10 * certified);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_certified_parameters_are_stationary_and_have_the_certified_deviations(string name)
    {
        NistModel model = NistModel.Load(name);
        NistProblem problem = model.Problem;
        double[] b = problem.CertifiedParameters(), deviations = problem.CertifiedStandardDeviations();
        Matrix<double> j = Matrix<double>.Build.DenseOfArray(model.Residuals.Jacobian(b));
        Vector<double> r = Vector<double>.Build.DenseOfArray(model.Residuals.Value(b));

        // In units of the deviations all parameters are alike; the Gauss–Newton step from there is rounding of the eleventh digit.
        Matrix<double> scaled = j * Matrix<double>.Build.DenseOfDiagonalArray(deviations);
        Vector<double> step = scaled.QR().Solve(r);
        for (int i = 0; i < b.Length; i++)
            Math.Abs(step[i] * deviations[i]).ShouldBeLessThan((name == "Lanczos1" ? 1e-9 : 1e-8) * Math.Abs(b[i]), $"b{i + 1}");
        if (name == "Lanczos1")
            return;
        Matrix<double> covariance =
            scaled.TransposeThisAndMultiply(scaled).Inverse() * problem.ResidualSumOfSquares / problem.DegreesOfFreedom;
        for (int i = 0; i < b.Length; i++)
            Math.Sqrt(covariance[i, i]).ShouldBe(1, 1e-6, $"b{i + 1}");
    }

    [Theory, MemberData(nameof(Names))]
    public void The_residual_standard_deviation_fits_the_sum_of_squares(string name)
    {
        NistProblem problem = NistProblem.Load(name);
        double deviation = Math.Sqrt(problem.ResidualSumOfSquares / problem.DegreesOfFreedom);
        deviation.ShouldBe(problem.ResidualStandardDeviation, 1e-10 * problem.ResidualStandardDeviation);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_starts_are_finite_and_above_the_solution(string name)
    {
        NistModel model = NistModel.Load(name);
        model.Objective.Value(model.Problem.Start1()).ShouldBeGreaterThan(model.Problem.ResidualSumOfSquares);
        model.Objective.Value(model.Problem.Start2()).ShouldBeGreaterThan(model.Problem.ResidualSumOfSquares);
        double.IsFinite(model.Objective.Value(model.Problem.Start1())).ShouldBeTrue();
    }

    /// <summary>At a stationary point f is off by ½ΔᵀHΔ ≈ ‖JΔ‖², with Δ half a unit of the parameters' eleventh digit.</summary>
    private static double Rounding(NistModel model, double[] b)
    {
        double[,] jacobian = model.Residuals.Jacobian(b);
        double sum = 0;
        for (int i = 0; i < jacobian.GetLength(0); i++)
        {
            double change = 0;
            for (int k = 0; k < b.Length; k++)
                change += Math.Abs(jacobian[i, k] * b[k]) * 5e-11;
            sum += change * change;
        }
        return sum;
    }
}
