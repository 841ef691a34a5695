using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Tests.Optim.Krylov;

public class TridiagonalTests
{
    private static (double[] Diagonal, double[] Couplings) Random(int k, ulong seed, double scale)
    {
        RandomStream random = new(seed);
        double[] d = new double[k], e = new double[k - 1];
        random.FillNormal(d);
        random.FillNormal(e);
        return ([.. d.Select(x => scale * x)], [.. e.Select(x => scale * x)]);
    }

    // MathNet's nonsymmetric-capable decomposition of the dense matrix, scaled to one.
    private static double[] Oracle(double[] d, double[] e, double scale)
    {
        var a = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(d.Length, d.Length);
        for (int i = 0; i < d.Length; i++)
        {
            a[i, i] = d[i] / scale;
            if (i + 1 < d.Length)
                a[i, i + 1] = a[i + 1, i] = e[i] / scale;
        }
        return [.. a.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Select(z => z.Real).Order()];
    }

    private static double Residual(double[] d, double[] e, double value, ReadOnlySpan<double> v)
    {
        double worst = 0;
        for (int i = 0; i < d.Length; i++)
            worst = Math.Max(worst,
                Math.Abs((d[i] - value) * v[i] + (i > 0 ? e[i - 1] * v[i - 1] : 0) + (i + 1 < d.Length ? e[i] * v[i + 1] : 0)));
        return worst;
    }

    [Theory]
    [InlineData(1, 1.0), InlineData(2, 1.0), InlineData(37, 1.0), InlineData(120, 1e150), InlineData(120, 1e-150), InlineData(60, 1e-290),
        InlineData(60, 1e290)]
    public void Bisection_the_twisted_vector_and_the_ql_method_agree_with_a_dense_decomposition(int k, double scale)
    {
        (double[] d, double[] e) = Random(k, (ulong)k, scale);
        double[] expected = Oracle(d, e, scale), v = new double[k];
        TridiagonalEigensystem full = new(d, e, full: true), ends = new(d, e, full: false);
        double tolerance = 1e-14 * Tridiagonal.NormBound(d, e) / scale;
        for (int i = 0; i < k; i++)
        {
            (Tridiagonal.Eigenvalue(d, e, i) / scale).ShouldBe(expected[i], tolerance);
            (full.Values[i] / scale).ShouldBe(expected[i], 10 * tolerance);
            ends.Values[i].ShouldBe(full.Values[i]);
            ends.First(i).ShouldBe(full.First(i), 1e-14);
            ends.Last(i).ShouldBe(full.Last(i), 1e-14);
            (Residual(d, e, full.Values[i], full.Vector(i)) / scale).ShouldBeLessThan(10 * tolerance);
        }
        foreach (bool smallest in (bool[])[true, false])
        {
            double value = smallest ? Tridiagonal.Smallest(d, e, v) : Tridiagonal.Largest(d, e, v);
            (value / scale).ShouldBe(smallest ? expected[0] : expected[^1], tolerance);
            Vectors.Norm(v).ShouldBe(1, 1e-14);
            (Residual(d, e, value, v) / scale).ShouldBeLessThan(10 * tolerance);
        }
    }

    [Fact]
    public void Zero_couplings_repeated_and_zero_eigenvalues_are_no_trouble()
    {
        double[] d = [2, 0, 2, 0, -1, 2], e = [0, 0, 0, 0, 0], v = new double[6];
        Tridiagonal.Smallest(d, e, v).ShouldBe(-1, 1e-15);
        v.Select(Math.Abs).ShouldBe([0, 0, 0, 0, 1, 0]);
        Tridiagonal.Largest(d, e, v).ShouldBe(2, 1e-15);
        Residual(d, e, 2, v).ShouldBeLessThan(1e-14);
        new TridiagonalEigensystem(d, e, full: true).Values.ShouldBe([-1, 0, 0, 2, 2, 2]);
        Tridiagonal.Smallest([0.0, 0, 0], [0.0, 0], v.AsSpan(0, 3)).ShouldBe(0);
        Vectors.Norm(v.AsSpan(0, 3)).ShouldBe(1, 1e-15);
        Tridiagonal.Smallest([0.0, 0], [1.0], v.AsSpan(0, 2)).ShouldBe(-1, 1e-15);
        Math.Abs(v[1]).ShouldBe(Math.Sqrt(0.5), 1e-15);
    }

    [Fact]
    public void The_last_component_is_accurate_relative_to_its_own_size()
    {
        // Wilkinson's W21+: the top eigenvector's end components are known by the recurrence from the top to be tiny.
        double[] d = [.. Enumerable.Range(0, 21).Select(i => (double)(20 - i) * 5)], e = [.. Enumerable.Repeat(1.0, 20)],
            v = new double[21];
        double value = Tridiagonal.Largest(d, e, v);
        double ratio = 0;
        for (int i = 20; i > 0; i--)
            ratio = 1 / (value - d[i] - ratio);
        double product = v[0];
        for (int i = 1; i < 21; i++)
        {
            double continued = 0;
            for (int j = 20; j >= i; j--)
                continued = 1 / (value - d[j] - continued);
            product *= continued;
        }
        v[20].ShouldBe(product, 1e-12 * Math.Abs(product));
        Math.Abs(v[20]).ShouldBeLessThan(1e-25);
    }

    [Theory, InlineData(1.0), InlineData(1e150), InlineData(1e-150)]
    public void Shifted_systems_are_solved_when_definite_and_refused_when_not(double scale)
    {
        (double[] d, double[] e) = Random(40, 11, scale);
        double lowest = Tridiagonal.Smallest(d, e);
        double[] rhs = new double[40], h = new double[40];
        rhs[0] = scale;
        Tridiagonal.TrySolve(d, e, -lowest - 1e-10 * scale, rhs, h).ShouldBeFalse();
        Tridiagonal.TrySolve(d, e, -lowest + 1e-3 * scale, rhs, h).ShouldBeTrue();
        double worst = 0;
        for (int i = 0; i < 40; i++)
        {
            double left = (d[i] - lowest + 1e-3 * scale) * h[i] + (i > 0 ? e[i - 1] * h[i - 1] : 0) + (i < 39 ? e[i] * h[i + 1] : 0);
            worst = Math.Max(worst, Math.Abs(left - rhs[i]) / scale);
        }
        worst.ShouldBeLessThan(1e-11);
        Tridiagonal.CountBelow(d, e, lowest - 1e-10 * scale).ShouldBe(0);
        Tridiagonal.CountBelow(d, e, lowest + 1e-10 * scale).ShouldBe(1);
    }
}
