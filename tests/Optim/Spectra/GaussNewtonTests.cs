using AutoDiff.Hvp;
using AutoDiff.Optim;
using AutoDiff.Optim.Kernels;
using AutoDiff.Tests.Optim.Krylov;

namespace AutoDiff.Tests.Optim.Spectra;

public class GaussNewtonTests
{
    private static readonly double[] s_x = [0.3, -1.2, 0.8, 0.5];

    private static readonly VectorFunction s_function = VectorFunction.Of(x =>
        VarVector.Of(Math.Sin(x[0]) * x[1], x[2] * x[3] - x[0], Math.Exp(0.5 * x[3]) + x[1] * x[2], x[0] * x[0], x[1] - x[3],
            Math.Cos(x[2] * x[0])));

    private static double[,] Product(double[,] j, double[,] b, double weight = 1)
    {
        int m = j.GetLength(0), n = j.GetLength(1);
        double[,] g = new double[n, n];
        for (int p = 0; p < n; p++)
        {
            for (int q = 0; q < n; q++)
            {
                for (int i = 0; i < m; i++)
                {
                    for (int k = 0; k < m; k++)
                        g[p, q] += weight * j[i, p] * b[i, k] * j[k, q];
                }
            }
        }
        return g;
    }

    private static double[,] Diagonal(int m, double value)
    {
        double[,] b = new double[m, m];
        for (int i = 0; i < m; i++)
            b[i, i] = value;
        return b;
    }

    private static void ShouldBe(ILinearOperator a, double[,] expected)
    {
        RandomStream random = new(2);
        double[] v = Operators.Unit(a.Dimension, ref random), wanted = Operators.Dense(expected).Apply(v), result = a.Apply(v);
        Vectors.Distance(result, wanted).ShouldBeLessThan(1e-14 * (1 + Vectors.Norm(wanted)));
        a.Apply(v, v);
        v.ShouldBe(result);
    }

    [Fact]
    public void The_products_are_those_of_the_dense_matrices()
    {
        double[,] j = s_function.Jacobian(s_x), b = Operators.RandomSymmetric(6, 8);
        ShouldBe(new GaussNewtonOperator(s_function, s_x), Product(j, Diagonal(6, 1)));
        ShouldBe(new GaussNewtonOperator(s_function, s_x, Operators.Dense(b), 0.25), Product(j, b, 0.25));
        ShouldBe(GaussNewtonOperator.EmpiricalFisher(s_function, s_x), Product(j, Diagonal(6, 1.0 / 6)));
        ShouldBe(new EmpiricalFisherOperator(j), Product(j, Diagonal(6, 1.0 / 6)));
    }

    [Fact]
    public void The_fisher_matrix_of_a_linear_classifier_is_its_losss_hessian()
    {
        // Logits linear in the parameters: Gauss–Newton leaves nothing out. Two examples, three classes.
        double[,] features = { { 0.5, -1 }, { 2, 0.3 } };
        int[] labels = [2, 0];
        VectorFunction logits =
            VectorFunction.Of(w => VarVector.Of(
            [.. from e in Enumerable.Range(0, 2) from k in Enumerable.Range(0, 3) select w[2 * k] * features[e, 0]
            + w[2 * k + 1] * features[e, 1]]));
        Objective loss = Objective.Of(w =>
        {
            VarVector z = logits.Value(w);
            Var sum = 0;
            for (int e = 0; e < 2; e++)
                sum += Math.Log(Math.Exp(z[3 * e]) + Math.Exp(z[3 * e + 1]) + Math.Exp(z[3 * e + 2])) - z[3 * e + labels[e]];
            return sum / 2;
        });
        double[] w = [0.1, -0.4, 0.7, 0.2, -0.9, 0.3];
        using LocalModel at = loss.At(w);
        ShouldBe(GaussNewtonOperator.SoftmaxFisher(logits, w, 3), at.Hessian.ToDense());
    }

    [Fact]
    public void The_softmax_hessian_is_diag_p_minus_ppT_and_overflows_nowhere()
    {
        SoftmaxHessian b = new([1000, 1000 + Math.Log(3), -1e308, 5], 2);
        b.Examples.ShouldBe(2);
        ILinearOperator a = b;
        double[] row = a.Apply([1, 0, 0, 0]);
        row[0].ShouldBe(0.1875, 1e-13);
        row[1].ShouldBe(-0.1875, 1e-13);
        a.Apply([1, 1, 1, 1]).ShouldAllBe(r => Math.Abs(r) < 1e-15);
        a.Apply([0, 0, 1, 0]).ShouldBe([0, 0, 0, 0]);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        Should.Throw<ShapeMismatchException>(() => new GaussNewtonOperator(s_function, s_x, Operators.Laplacian(5))).Message.ShouldContain(
            "6");
        Should.Throw<ShapeMismatchException>(() => new SoftmaxHessian([1, 2, 3], 2)).Message.ShouldContain("3");
        Should.Throw<ShapeMismatchException>(() => ((ILinearOperator)new GaussNewtonOperator(s_function, s_x)).Apply([1, 2]));
        Should.Throw<ArgumentException>(() => new EmpiricalFisherOperator(new double[0, 3]));
    }
}
