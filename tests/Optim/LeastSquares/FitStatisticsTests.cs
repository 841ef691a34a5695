using AutoDiff.Optim;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.LeastSquares;

/// <summary>The statistics of a linear fit against MathNet's inverse of the normal matrix; NIST's certified ones are tested beside the
/// fits.</summary>
public class FitStatisticsTests
{
    [Fact]
    public void A_linear_fit_has_the_covariance_of_the_textbook()
    {
        double[,] a = Matrices.Random(40, 4, 1);
        double[] b = Matrices.Column(40, 2), x = Matrices.Column(4, 3);
        FitStatistics fit = FitStatistics.Of(VectorFunction.Of(p => ((VarMatrix)a).MatMul(p) - b), x);
        Matrix<double> left = Matrix<double>.Build.DenseOfArray(a);
        Vector<double> r = left * Vector<double>.Build.Dense(x) - Vector<double>.Build.Dense(b);
        double variance = r.DotProduct(r) / 36;
        Matrix<double> covariance = left.TransposeThisAndMultiply(left).Inverse() * variance;
        (fit.Observations, fit.Parameters, fit.Rank, fit.DegreesOfFreedom).ShouldBe((40, 4, 4, 36));
        fit.ResidualStandardDeviation.ShouldBe(Math.Sqrt(variance), 1e-13);
        for (int i = 0; i < 4; i++)
        {
            fit.StandardErrors[i].ShouldBe(Math.Sqrt(covariance[i, i]), 1e-13);
            for (int j = 0; j < 4; j++)
            {
                fit.Covariance(i, j).ShouldBe(covariance[i, j], 1e-13);
                fit.Correlation(i, j).ShouldBe(covariance[i, j] / Math.Sqrt(covariance[i, i] * covariance[j, j]), 1e-12);
            }
        }
    }

    [Fact]
    public void What_the_data_determine_keeps_its_error_beside_what_they_do_not()
    {
        double[,] a = Matrices.Random(20, 2, 4);
        double[] b = Matrices.Column(20, 5);
        FitStatistics alone = FitStatistics.Of(VectorFunction.Of(p => ((VarMatrix)a).MatMul(p) - b), [1, 2]);
        // b[1] is split in two whose sum alone counts.
        FitStatistics split = FitStatistics.Of(
            VectorFunction.Of(p => ((VarMatrix)a).MatMul(VarVector.Of(p[0], p[1] + p[2])) - b), [1, 0.5, 1.5]);
        (split.Rank, split.DegreesOfFreedom).ShouldBe((2, 18));
        split.StandardErrors[0].ShouldBe(alone.StandardErrors[0], 1e-13);
        split.StandardErrors[1].ShouldBe(double.PositiveInfinity);
        split.StandardErrors[2].ShouldBe(double.PositiveInfinity);
        split.Covariance(0, 1).ShouldBe(double.NaN);
    }

    [Fact]
    public void The_condition_number_does_not_depend_on_units()
    {
        double[,] a = Matrices.Random(15, 3, 6);
        double plain = FitStatistics.Of(VectorFunction.Of(p => ((VarMatrix)a).MatMul(p)), [1, 1, 1]).ConditionNumber;
        double[] units = [Math.ScaleB(1, 300), 1, Math.ScaleB(1, -300)];
        double scaled = FitStatistics.Of(VectorFunction.Of(p => ((VarMatrix)a).MatMul(p * units)), [0, 1, 0]).ConditionNumber;
        scaled.ShouldBe(plain, 1e-12 * plain);
        plain.ShouldBeInRange(1, 10);
    }

    [Fact]
    public void A_point_without_finite_residuals_has_no_statistics() =>
        Should.Throw<ArithmeticException>(() => FitStatistics.Of(VectorFunction.Of(p => Math.Log(p)), [-1]));
}
