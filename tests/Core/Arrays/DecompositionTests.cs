using AutoDiff.Hvp;
using AutoDiff.Kernels;
using AutoDiff.Tests.Core.Sweeps;
using MathNet.Numerics.LinearAlgebra;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>Decompositions against those of Math.NET, at sizes that take several blocks; derivatives in closed form; matrices without a
/// solution.</summary>
public sealed class DecompositionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(100)]
    public void Solutions_of_general_systems(int n)
    {
        double[] a = ArrayCase.Numbers(n * n, n), b = ArrayCase.Numbers(3 * n, n + 1);
        Matrix<double> matrix = Matrix<double>.Build.Dense(n, n, (i, j) => a[i * n + j]),
            right = Matrix<double>.Build.Dense(n, 3, (i, j) => b[i * 3 + j]);
        foreach (bool transposed in new[] { false, true })
        {
            Matrix<double> expected = (transposed ? matrix.Transpose() : matrix).Solve(right);
            using SweepHarness run =
                new(x => MatrixCases.Take(x, 0, n, n, transposed).Solve(x.Matrix(n * n, n, 3)).Flatten(), [.. a, .. b]);
            Close(run.Value, [.. Enumerable.Range(0, 3 * n).Select(k => expected[k / 3, k % 3])], 1e-10);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(70)]
    public void Derivatives_of_determinants(int n)
    {
        double[] a = ArrayCase.Numbers(n * n, n), v = ArrayCase.Numbers(n * n, n + 1);
        Matrix<double> matrix = Dense(n, a), inverse = matrix.Inverse(), direction = Dense(n, v);
        Objective logDeterminant = Objective.Of(x => x.Reshape(n, n).LogDeterminant());
        Close([logDeterminant.Value(a)], [Math.Log(Math.Abs(matrix.Determinant()))], 1e-11);
        Close(logDeterminant.Gradient(a), Flat(inverse.Transpose()), 1e-10);
        Close(logDeterminant.Hvp(a, v), Flat(-(inverse * direction * inverse).Transpose()), 1e-9);
        if (n > 5)
            return;
        Objective determinant = Objective.Of(x => x.Reshape(n, n).Determinant());
        Close([determinant.Value(a)], [matrix.Determinant()], 1e-12);
        Close(determinant.Gradient(a), Flat(matrix.Determinant() * inverse.Transpose()), 1e-12);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(70)]
    public void Gaussian_log_density_by_either_way(int n)
    {
        // −½ (ln det S + rᵀS⁻¹r), whose gradient by S is −½ (S⁻¹ − S⁻¹ r rᵀ S⁻¹).
        double[] m = ArrayCase.Numbers(n * n, n), r = ArrayCase.Numbers(n, n + 1);
        Matrix<double> half = Dense(n, m), s = half * half.Transpose() + n * Matrix<double>.Build.DenseIdentity(n), inverse = s.Inverse();
        Vector<double> solution = inverse * Vector<double>.Build.Dense(r);
        double[] expected = Flat(-0.5 * (inverse - solution.OuterProduct(solution)));
        Objective byLu = Objective.Of(
            x => -0.5 * (x.Reshape(n, n).LogDeterminant() + ((VarVector)r).Dot(x.Reshape(n, n).Solve((VarVector)r))));
        Objective byCholesky = Objective.Of(x => x.Reshape(n, n).Cholesky() is var l
            ? -(VarVector.Apply<AutoDiff.Rules.Log>(l.Diagonal()).Sum() + 0.5 * l.SolveTriangular((VarVector)r).SquaredNorm()) : 0);
        Close(byLu.Gradient(Flat(s)), expected, 1e-11);
        double[] lower = byCholesky.Gradient(Flat(s)), v = Flat(half + half.Transpose());
        Close([.. Enumerable.Range(0, n * n).Select(k => k / n == k % n ? lower[k] : (lower[k] + lower[k % n * n + k / n]) / 2)], expected,
            1e-11);
        double[] byFirst = byLu.Hvp(Flat(s), v), bySecond = byCholesky.Hvp(Flat(s), v);
        Close([.. Enumerable.Range(0, n * n).Select(k => k / n == k % n ? bySecond[k] : (bySecond[k] + bySecond[k % n * n + k / n]) / 2)],
            [.. Enumerable.Range(0, n * n).Select(k => (byFirst[k] + byFirst[k % n * n + k / n]) / 2)], 1e-10);
    }

    [Fact]
    public void A_singular_matrix_gives_no_number()
    {
        double[] singular = [1, 2, 2, 4], b = [1, 1];
        Objective.Of(x => x.Reshape(2, 2).Solve((VarVector)b).Sum()).Value(singular).ShouldBe(double.NaN);
        Objective.Of(x => x.Reshape(2, 2).Solve((VarVector)b).Sum()).Gradient(singular).ShouldAllBe(g => double.IsNaN(g));
        Objective.Of(x => x.Reshape(2, 2).Inverse()[0, 0]).Value(singular).ShouldBe(double.NaN);
        Objective.Of(x => x.Reshape(2, 2).LogDeterminant()).Value(singular).ShouldBe(double.NegativeInfinity);
        Objective.Of(x => x.Reshape(2, 2).LogDeterminant()).Gradient(singular).ShouldAllBe(g => double.IsNaN(g));
        Objective.Of(x => x.Reshape(2, 2).Determinant()).Value(singular).ShouldBe(0);
        foreach (double[] indefinite in new double[][] { [1, 2, 2, 1], [0, 0, 0, 1], [double.NaN, 0, 0, 1], [-1, 0, 0, -1] })
        {
            Objective.Of(x => x.Reshape(2, 2).Cholesky()[1, 1]).Value(indefinite).ShouldBe(double.NaN);
            Objective.Of(x => x.Reshape(2, 2).LogDeterminantPositiveDefinite()).Value(indefinite).ShouldBe(double.NaN);
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        foreach (Func<VarVector, Var> f in new Func<VarVector, Var>[]
        {
            x => x.Reshape(2, 3).Solve(x[..2])[0], x => x[..4].Reshape(2, 2).Solve(x[..3])[0], x => x.Reshape(2, 3).Cholesky()[0, 0],
            x => x.Reshape(2, 3).LogDeterminant(), x => x.Reshape(3, 2).Determinant(), x => x.Reshape(3, 2).Inverse()[0, 0],
            x => x.Reshape(3, 2).Trace(), x => x[..4].Reshape(2, 2).SolveTriangular(x[..3])[0],
        })
            Should.Throw<ShapeMismatchException>(() => Objective.Of(f).Value(new double[6]));
    }

    [Fact]
    public void Factors_of_every_size_rebuild_the_matrix()
    {
        for (int n = 0; n < 70; n += n < 10 ? 1 : 11)
        {
            double[] m = ArrayCase.Numbers(n * n, n + 1), a = new double[n * n], l = new double[n * n], rebuilt = new double[n * n];
            MatrixProduct.Assign(n, n, n, m, false, m, true, a);
            for (int i = 0; i < n; i++)
                a[i * (n + 1)] += 1;
            DenseCholesky.Factor(n, a, l).ShouldBeTrue();
            MatrixProduct.Assign(n, n, n, l, false, l, true, rebuilt);
            Close(rebuilt, a, 1e-13);
        }
    }

    private static Matrix<double> Dense(int n, double[] a) => Matrix<double>.Build.Dense(n, n, (i, j) => a[i * n + j]);

    private static double[] Flat(Matrix<double> a) => a.ToRowMajorArray();

    private static void Close(double[] actual, double[] expected, double tolerance)
    {
        double scale = expected.Aggregate(1.0, (largest, x) => Math.Max(largest, Math.Abs(x)));
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance * scale))
                Assert.Fail($"Element {i} is {actual[i]:R} and should be {expected[i]:R}, to {tolerance * scale:g2}.");
        }
    }
}
