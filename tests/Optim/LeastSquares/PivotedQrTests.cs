using AutoDiff.Lambdas;
using AutoDiff.Optim.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Optim.LeastSquares;

/// <summary>QR with column pivoting, and the damped least-squares problems solved from it, against MathNet's singular values.</summary>
public class PivotedQrTests
{
    [Theory, InlineData(1, 1), InlineData(7, 3), InlineData(3, 7), InlineData(40, 12), InlineData(12, 12), InlineData(500, 30)]
    public void The_factors_are_those_of_the_matrix(int m, int n)
    {
        double[,] a = Matrices.Random(m, n, 3);
        PivotedQr qr = new(a);
        for (int j = 0; j < n; j++)
        {
            double[] column = [.. Enumerable.Range(0, m).Select(i => a[i, qr.Pivot[j]] * qr.Scale[qr.Pivot[j]])];
            qr.ApplyTransposedQ(column);
            for (int i = 0; i < m; i++)
                column[i].ShouldBe(i < n ? qr.R(i, j) : 0, 1e-14 * Math.Sqrt(m));
        }
        for (int k = 1; k < Math.Min(m, n); k++)
            Math.Abs(qr.R(k, k)).ShouldBeLessThanOrEqualTo(Math.Abs(qr.R(k - 1, k - 1)) * (1 + 1e-12));
        qr.Rank.ShouldBe(Math.Min(m, n));
    }

    [Theory, InlineData(7, 3, 0.5), InlineData(3, 7, 1e-3), InlineData(40, 12, 1e-8), InlineData(40, 12, 0), InlineData(12, 12, 1e4)]
    public void A_damped_step_solves_the_stacked_problem(int m, int n, double weight)
    {
        double[,] a = Matrices.Random(m, n, 5);
        double[] b = Matrices.Column(m, 6), delta = [.. Matrices.Column(n, 7).Select(d => weight * Math.Abs(d))];
        (double[] s, double predicted) = Solve(a, b, delta);
        Vector<double> expected = Reference(a, b, delta);
        for (int j = 0; j < n; j++)
            s[j].ShouldBe(expected[j], 1e-11 * expected.L2Norm());
        Vector<double> r = Vector<double>.Build.Dense(b), after = r + Matrix<double>.Build.DenseOfArray(a) * Vector<double>.Build.Dense(s);
        predicted.ShouldBe(0.5 * r.DotProduct(r) - 0.5 * after.DotProduct(after), 1e-12 * r.DotProduct(r));
    }

    [Fact]
    public void Nearly_parallel_columns_keep_their_directions()
    {
        LeastSquaresProblem problem = MoreGarbowHillstrom.All[26];
        double[] x = [.. Enumerable.Repeat(1.638, 9), 1.6385], delta = new double[10];
        delta.AsSpan().Fill(1e-6);
        double[,] jacobian = problem.Residuals.Jacobian(x);
        double[] r = problem.Residuals.Value(x);
        (double[] s, double _) = Solve(jacobian, r, delta);
        Vector<double> expected = Reference(jacobian, r, delta);
        for (int j = 0; j < 10; j++)
            s[j].ShouldBe(expected[j], 1e-10 * expected.L2Norm());
    }

    [Theory, InlineData(1e150), InlineData(1e-150), InlineData(1e-300)]
    public void Columns_of_any_scale_are_treated_alike(double scale)
    {
        double[,] a = Matrices.Random(9, 3, 8);
        double[] b = Matrices.Column(9, 9), delta = new double[3];
        (double[] plain, double plainDecrease) = Solve(a, b, delta);
        for (int i = 0; i < 9; i++)
            a[i, 1] *= scale;
        (double[] s, double decrease) = Solve(a, b, delta);
        s[0].ShouldBe(plain[0], 1e-13 * Math.Abs(plain[0]));
        (s[1] * scale).ShouldBe(plain[1], 1e-13 * Math.Abs(plain[1]));
        s[2].ShouldBe(plain[2], 1e-13 * Math.Abs(plain[2]));
        decrease.ShouldBe(plainDecrease, 1e-13 * plainDecrease);
    }

    [Fact]
    public void A_matrix_without_full_rank_shows_its_rank_and_gives_a_basic_solution()
    {
        double[,] a = Matrices.Random(12, 5, 10);
        for (int i = 0; i < 12; i++)
        {
            a[i, 3] = 2 * a[i, 0] - a[i, 1];
            a[i, 4] = 0;
        }
        PivotedQr qr = new(a);
        qr.Rank.ShouldBe(3);
        double[] b = Matrices.Column(12, 11);
        (double[] s, double predicted) = Solve(a, b, new double[5]);
        s[4].ShouldBe(0);
        s.Count(value => value == 0).ShouldBe(2);
        Vector<double> r = Vector<double>.Build.Dense(b);
        Matrix<double> left = Matrix<double>.Build.DenseOfArray(a);
        Vector<double> after = r + left * Vector<double>.Build.Dense(s);
        left.TransposeThisAndMultiply(after).L2Norm().ShouldBeLessThan(1e-13 * r.L2Norm() * left.L2Norm());
        predicted.ShouldBe(0.5 * (r.DotProduct(r) - after.DotProduct(after)), 1e-13 * r.DotProduct(r));
    }

    [Fact]
    public void A_zero_matrix_has_rank_zero_and_no_step()
    {
        new PivotedQr(new double[4, 2]).Rank.ShouldBe(0);
        Solve(new double[4, 2], [1, 2, 3, 4], new double[2]).Step.ShouldBe([0, 0]);
    }

    [Fact]
    public void Column_norms_are_those_of_the_matrix()
    {
        double[,] a = Matrices.Random(20, 6, 12);
        double[] norms = new double[6];
        new PivotedQr(a).ColumnNorms(norms);
        for (int j = 0; j < 6; j++)
            norms[j].ShouldBe(Matrix<double>.Build.DenseOfArray(a).Column(j).L2Norm(), 1e-14 * norms[j]);
    }

    private static (double[] Step, double Decrease) Solve(double[,] a, double[] b, double[] delta)
    {
        PivotedQr qr = new(a);
        double[] transposed = [.. b], s = new double[a.GetLength(1)];
        qr.ApplyTransposedQ(transposed);
        double predicted = qr.SolveDamped(transposed, delta, s);
        return (s, predicted);
    }

    // From the singular values of the stacked matrix.
    private static Vector<double> Reference(double[,] a, double[] b, double[] delta)
    {
        int m = a.GetLength(0), n = a.GetLength(1);
        Matrix<double> stacked = Matrix<double>.Build.Dense(m + n, n, (i, j) => i < m ? a[i, j] : i - m == j ? delta[j] : 0);
        return stacked.Svd().Solve(Vector<double>.Build.Dense(m + n, i => i < m ? -b[i] : 0));
    }
}
