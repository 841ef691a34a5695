using AutoDiff.Optim.LeastSquares;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.LeastSquares;

/// <summary>LSMR against MathNet's dense solutions.</summary>
public class LsmrTests
{
    [Theory, InlineData(30, 8, 0), InlineData(30, 8, 0.5), InlineData(8, 30, 0.1), InlineData(20, 20, 1e-3), InlineData(5, 1, 0)]
    public void It_solves_the_damped_problem(int m, int n, double lambda)
    {
        double[,] a = Matrices.Random(m, n, 3);
        double[] b = Matrices.Column(m, 4), x = new double[n];
        Solve(a, b, lambda, 1e-14, 500, x);
        Matrix<double> stacked = Matrix<double>.Build.Dense(m + n, n, (i, j) => i < m ? a[i, j] : i - m == j ? lambda : 0);
        Vector<double> expected = stacked.Svd().Solve(Vector<double>.Build.Dense(m + n, i => i < m ? b[i] : 0));
        for (int j = 0; j < n; j++)
            x[j].ShouldBe(expected[j], 1e-9 * expected.L2Norm());
    }

    [Theory, InlineData(0.1), InlineData(1e-3), InlineData(1e-8)]
    public void It_stops_when_the_normal_equations_are_solved_well_enough(double eta)
    {
        double[,] a = Matrices.Random(60, 40, 5);
        double[] b = Matrices.Column(60, 6), x = new double[40];
        (double norm, int steps) = Solve(a, b, 0.2, eta, 500, x);
        Matrix<double> left = Matrix<double>.Build.DenseOfArray(a);
        Vector<double> solution = Vector<double>.Build.Dense(x), right = Vector<double>.Build.Dense(b);
        Vector<double> residual = left.TransposeThisAndMultiply(right - left * solution) - 0.04 * solution;
        residual.L2Norm().ShouldBeLessThanOrEqualTo(eta * left.TransposeThisAndMultiply(right).L2Norm() * (1 + 1e-6));
        steps.ShouldBeLessThan(60);
        // Once rounding has cost the basis its orthogonality, some of the matrix is counted twice.
        norm.ShouldBeLessThan((steps <= 10 ? 1 : 1.2) * left.FrobeniusNorm());
    }

    [Fact]
    public void The_residual_of_the_normal_equations_falls_at_every_step()
    {
        double[,] a = Matrices.Random(50, 50, 7);
        double[] b = Matrices.Column(50, 8), x = new double[50];
        Matrix<double> left = Matrix<double>.Build.DenseOfArray(a);
        double last = double.PositiveInfinity;
        for (int steps = 1; steps < 30; steps++)
        {
            Solve(a, b, 0, 0, steps, x);
            double now = left.TransposeThisAndMultiply(Vector<double>.Build.Dense(b) - left * Vector<double>.Build.Dense(x)).L2Norm();
            now.ShouldBeLessThan(last);
            last = now;
        }
    }

    [Fact]
    public void Nothing_to_solve_gives_zero()
    {
        double[] x = [7, 7];
        Solve(Matrices.Random(3, 2, 9), [0, 0, 0], 0, 0.1, 10, x);
        x.ShouldBe([0, 0]);
        Solve(new double[3, 2], [1, 2, 3], 0, 0.1, 10, x);
        x.ShouldBe([0, 0]);
    }

    private static (double Norm, int Steps) Solve(double[,] a, double[] b, double lambda, double eta, int steps, double[] x)
    {
        Matrix<double> left = Matrix<double>.Build.DenseOfArray(a);
        return Lsmr.Solve(v => [.. left * Vector<double>.Build.Dense(v)],
            u => [.. left.TransposeThisAndMultiply(Vector<double>.Build.Dense(u))], b, lambda, eta, steps, x);
    }
}
