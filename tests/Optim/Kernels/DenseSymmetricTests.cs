using AutoDiff.Optim.Kernels;
using AutoDiff.Tests.Optim.Krylov;

namespace AutoDiff.Tests.Optim.Kernels;

public class DenseSymmetricTests
{
    [Theory, InlineData(1.0), InlineData(1e150), InlineData(1e-150), InlineData(1e300), InlineData(1e-300)]
    public void A_scaled_laplacian_has_its_closed_form_eigenpairs(double scale)
    {
        const int n = 25;
        double[,] a = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            a[i, i] = 2 * scale;
            if (i > 0)
                a[i, i - 1] = a[i - 1, i] = -scale;
        }
        DenseSymmetric dense = new(a);
        double[] v = new double[n];
        for (int j = 0; j < n; j++)
        {
            (dense.Values[j] / scale).ShouldBe(Operators.LaplacianEigenvalue(n, j + 1), 1e-14);
            dense.CopyVector(j, v);
            Operators.Residual(Operators.Laplacian(n), dense.Values[j] / scale, v).ShouldBeLessThan(1e-14);
        }
    }

    [Fact]
    public void The_norm_is_the_largest_magnitude_and_no_variables_have_no_eigenvalues()
    {
        double[,] a = { { 0, 1, 0, 0 }, { 1, 0, 0, 0 }, { 0, 0, 0, 0 }, { 0, 0, 0, 3 } };
        DenseSymmetric dense = new(a);
        dense.Values.Select(value => Math.Sign(Math.Abs(value) > dense.Error ? value : 0)).ShouldBe([-1, 0, 1, 1]);
        dense.Norm.ShouldBe(3, 1e-15);
        new DenseSymmetric(new double[0, 0]).Values.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_not_finite_or_not_square_is_refused_by_name()
    {
        Should.Throw<ArithmeticException>(() => new DenseSymmetric(new[,] { { 1, 2 }, { 2, double.NaN } })).Message.ShouldContain("(1, 1)");
        Should.Throw<ShapeMismatchException>(() => new DenseSymmetric(new double[2, 3])).Message.ShouldContain("2 × 3");
    }
}
