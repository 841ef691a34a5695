using AutoDiff.Optim;
using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;
using AutoDiff.Tests.Optim.Krylov;

namespace AutoDiff.Tests.Optim.Kernels;

/// <summary>Matrices of zeros, equal elements, denormals and numbers next to the largest, mixed at random: decompositions satisfy their own
/// equations.</summary>
public class ExtremeMatrixTests
{
    private const double Tolerance = 3e-14;

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Whatever_the_elements_the_eigenpairs_are_eigenpairs(int kind)
    {
        for (ulong seed = 1; seed <= 1500; seed++)
        {
            RandomStream random = new(4 * seed + (ulong)kind);
            int n = 1 + (int)(random.Next() % 9);
            double[,] a = Matrix(n, n, kind, ref random);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < i; j++)
                    a[j, i] = a[i, j];
            }
            double scale = Scale(a), allowed = Tolerance + 20 * double.Epsilon / scale;
            DenseSymmetric dense = new(a);
            double[] v = new double[n], w = new double[n];
            for (int k = 0; k < n; k++)
            {
                dense.CopyVector(k, v);
                Worst(a, scale, dense.Values[k], v).ShouldBeLessThan(allowed, $"kind {kind}, seed {seed}, pair {k}");
                for (int l = 0; l <= k; l++)
                {
                    dense.CopyVector(l, w);
                    Vectors.Dot(v, w).ShouldBe(l == k ? 1 : 0, Tolerance);
                }
            }
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                    a[i, j] = Math.Abs(i - j) > 1 ? 0 : a[i, j];
            }
            CheckTridiagonal(a, Scale(a), $"kind {kind}, seed {seed}");
        }
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void Lanczos_and_Lobpcg_say_that_something_is_not_finite_or_are_right(int kind)
    {
        for (ulong seed = 1; seed <= 300; seed++)
        {
            RandomStream random = new(4 * seed + (ulong)kind);
            int n = 2 + (int)(random.Next() % 8);
            double[,] a = Matrix(n, n, kind, ref random);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < i; j++)
                    a[j, i] = a[i, j];
            }
            double scale = Scale(a);
            if (scale < 1e-290)
                continue;
            ILinearOperator op = Operators.Dense(a);
            double[] exact = new DenseSymmetric(a).Values;
            Lanczos lanczos = new(n, n);
            lanczos.StartRandom(ref random);
            while (lanczos.Step(op) || lanczos.RestartRandom(ref random))
            {
            }
            double[] values = new TridiagonalEigensystem(lanczos.Diagonal, lanczos.Couplings, full: false).Values;
            for (int k = 0; k < n && !lanczos.IsNonFinite; k++)
                (values[k] / scale).ShouldBe(exact[k] / scale, 1e-12, $"kind {kind}, seed {seed}");
            EigenpairResult lowest = Spectrum.Eigenpairs(op, new EigenpairOptions { Count = 1 });
            if (lowest.Status == SpectrumStatus.Converged)
                exact.Min(value => Math.Abs(value / scale - lowest.Pairs[0].Value / scale)).ShouldBeLessThan(
                    lowest.Pairs[0].ErrorBound / scale + 1e-12, $"kind {kind}, seed {seed}");
        }
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Pivoted_factors_have_the_norms_of_the_columns_and_no_solution_is_NaN(int kind)
    {
        for (ulong seed = 1; seed <= 2000; seed++)
        {
            RandomStream random = new(4 * seed + (ulong)kind);
            int m = 1 + (int)(random.Next() % 9), n = 1 + (int)(random.Next() % 9);
            double[,] a = Matrix(m, n, kind, ref random);
            PivotedQr qr = new(a);
            double[] norms = new double[n], b = new double[m], s = new double[n];
            random.FillNormal(b);
            qr.ColumnNorms(norms);
            for (int j = 0; j < n; j++)
            {
                double norm = Vectors.Norm([.. Enumerable.Range(0, m).Select(i => a[i, j])]);
                norms[j].ShouldBe(norm, 1e-13 * norm + 20 * double.Epsilon, $"kind {kind}, seed {seed}, column {j}");
            }
            qr.ApplyTransposedQ(b);
            double decrease = qr.SolveDamped(b, new double[n], s);
            double.IsNaN(decrease).ShouldBeFalse($"kind {kind}, seed {seed}");
            s.ShouldAllBe(element => !double.IsNaN(element));
        }
    }

    [Fact]
    public void A_verdict_is_given_where_curvatures_lie_hundreds_of_decades_apart()
    {
        foreach ((Objective f, double[] x) in ((Objective, double[])[])
        [
            (Objective.Of(x => -2.8e-305 * x[0] * x[0] + 1.2e-313 * x[0] * x[1] + 4 * x[1] * x[1]), [0, 0]),
            (Objective.Of(x => -Math.Exp(-(x[0] - x[1]) * (x[0] - x[1])) + 4 * x[1] * x[1]), [26.7, 0]),
            (Objective.Of(x => 3e-320 * x[0] * x[0] + 1e-322 * x[0] * x[1] - 2e-321 * x[1] * x[1]), [0, 0]),
            (Objective.Of(x => 1e300 * x[0] * x[0] + 1e-300 * x[0] * x[1] - 1e-10 * x[1] * x[1] + x[2]  * x[2]), [0, 0, 0]),
        ])
        {
            foreach (int limit in (int[])[0, 200])
                CriticalPoint.Classify(f, x, new VerdictOptions { DenseLimit = limit }).Kind.ShouldNotBe(CriticalPointKind.Minimum);
        }
    }

    private static double Worst(double[,] a, double scale, double value, double[] v)
    {
        double worst = 0;
        for (int i = 0; i < v.Length; i++)
        {
            double sum = -(value / scale) * v[i];
            for (int j = 0; j < v.Length; j++)
                sum += a[i, j] / scale * v[j];
            worst = Math.Abs(sum) <= worst ? worst : Math.Abs(sum);
        }
        return worst;
    }

    private static void CheckTridiagonal(double[,] a, double scale, string where)
    {
        int n = a.GetLength(0);
        double[] d = new double[n], e = new double[n - 1], v = new double[n];
        for (int i = 0; i < n; i++)
        {
            d[i] = a[i, i];
            if (i + 1 < n)
                e[i] = a[i, i + 1];
        }
        double allowed = Tolerance + 20 * double.Epsilon / scale;
        TridiagonalEigensystem t = new(d, e, full: true);
        for (int k = 0; k < n; k++)
        {
            double value = Tridiagonal.Eigenvalue(d, e, k);
            (value / scale).ShouldBe(t.Values[k] / scale, allowed, where);
            Worst(a, scale, t.Values[k], t.Vector(k).ToArray()).ShouldBeLessThan(allowed, where);
            Tridiagonal.Eigenvector(d, e, value, v);
            Vectors.Norm(v).ShouldBe(1, 1e-13, where);
            Worst(a, scale, value, v).ShouldBeLessThan(1e-12 + allowed, where);
        }
    }

    private static double Scale(double[,] a)
    {
        double largest = 0;
        foreach (double element in a)
            largest = Math.Max(largest, Math.Abs(element));
        return largest == 0 ? 1 : Math.ScaleB(1, Math.ILogB(largest));
    }

    // Kind 0: many decades below one; 1: the same, next to the smallest numbers; 2: next to the largest; 3: few different elements.
    private static double[,] Matrix(int rows, int columns, int kind, ref RandomStream random)
    {
        double[,] a = new double[rows, columns];
        double outer = kind == 1 ? Math.ScaleB(1, -1000) : 1;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double s = random.NextNormal();
                a[i, j] = outer * ((kind == 3 ? random.Next() % 3 : random.Next() % 8) switch
                {
                    0 => 0,
                    1 => 1,
                    2 => -1,
                    3 => s,
                    4 => s * Math.Pow(10, -300 * random.NextUnit()),
                    5 => s * double.Epsilon * (random.Next() % 1000),
                    6 => kind == 2 ? 1e306 * s : 1e-8 * s,
                    _ => kind == 2 ? 1e307 * random.NextUnit() : 1e-16 * s,
                });
            }
        }
        return a;
    }
}
