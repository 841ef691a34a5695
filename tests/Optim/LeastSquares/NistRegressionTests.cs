using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Problems;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Optim.LeastSquares;

/// <summary>The 27 regressions that NIST certified to eleven digits, from both starts, all with the same options: the defaults.</summary>
public class NistRegressionTests(ITestOutputHelper output)
{
    private const double CertifiedDigits = 11;

    [Fact]
    public void Nearly_all_certified_parameters_are_found()
    {
        int six = 0, nine = 0;
        foreach (NistModel model in NistModel.All)
        {
            for (int start = 1; start <= 2; start++)
            {
                OptimizationResult fit = Fit(model, start);
                double digits = Digits(fit.X, model.Problem.CertifiedParameters());
                six += digits >= 6 ? 1 : 0;
                nine += digits >= 9 ? 1 : 0;
                output.WriteLine($"{model.Problem.Name,-9} start {start}: {digits,5:F1} digits, {fit.Status}, {fit.Verdict.Kind}, {fit.Iterations} iterations, {fit.Counts}");
            }
        }
        output.WriteLine($"{six} of 54 to 6 digits, {nine} to 9");
        six.ShouldBe(54);
        nine.ShouldBeGreaterThanOrEqualTo(52);
    }

    [Fact]
    public void Statistics_are_the_certified_ones()
    {
        foreach (NistModel model in NistModel.All)
        {
            NistProblem problem = model.Problem;
            FitStatistics fit = FitStatistics.Of(model.Residuals, Fit(model, 2).X);
            fit.DegreesOfFreedom.ShouldBe(problem.DegreesOfFreedom, problem.Name);
            fit.Rank.ShouldBe(problem.ParameterCount);
            // Lanczos1's sum of squares, 1.4e-25, is below what double arithmetic leaves of the residuals.
            if (problem.Name == "Lanczos1")
                continue;
            output.WriteLine($"{problem.Name,-9} {Digits(fit.StandardErrors, problem.CertifiedStandardDeviations()):F1} {Digits([fit.SumOfSquares], [problem.ResidualSumOfSquares]):F1}");
            Digits(fit.StandardErrors, problem.CertifiedStandardDeviations()).ShouldBeGreaterThan(8, problem.Name);
            Digits([fit.SumOfSquares], [problem.ResidualSumOfSquares]).ShouldBeGreaterThan(9.5, problem.Name);
            Digits([fit.ResidualStandardDeviation], [problem.ResidualStandardDeviation]).ShouldBeGreaterThan(9.5, problem.Name);
        }
    }

    [Theory, InlineData(1.0), InlineData(1e6), InlineData(double.PositiveInfinity)]
    public void The_first_radius_hardly_matters(double radius)
    {
        LevenbergMarquardt method = new() { InitialRadius = radius };
        int six = NistModel.All.Sum(
            model => Enumerable.Range(1, 2).Count(start => Digits(Fit(model, start, method).X, model.Problem.CertifiedParameters()) >= 6));
        six.ShouldBeGreaterThanOrEqualTo(53);
    }

    private static OptimizationResult Fit(NistModel model, int start, LevenbergMarquardt? method = null) =>
        (method ?? new LevenbergMarquardt()).Minimize(model.Residuals, start == 1 ? model.Problem.Start1() : model.Problem.Start2());

    private static double Digits(IReadOnlyList<double> found, double[] certified) =>
        Enumerable.Range(0, certified.Length).Min(
            i => Math.Min(CertifiedDigits, -Math.Log10(Math.Abs(found[i] - certified[i]) / Math.Abs(certified[i]))));
}
