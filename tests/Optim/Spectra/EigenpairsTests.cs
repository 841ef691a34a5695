using AutoDiff.Optim;
using AutoDiff.Optim.Kernels;
using AutoDiff.Tests.Optim.Krylov;

namespace AutoDiff.Tests.Optim.Spectra;

public class EigenpairsTests
{
    private static void Check(ILinearOperator a, EigenpairResult result, IEnumerable<double> expected, double scale = 1)
    {
        result.Status.ShouldBe(SpectrumStatus.Converged);
        double[] values = [.. expected];
        result.Pairs.Count.ShouldBe(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            Eigenpair pair = result.Pairs[i];
            Math.Abs(pair.Value - values[i]).ShouldBeLessThanOrEqualTo(pair.ErrorBound);
            Operators.Residual(a, pair.Value, pair.Vector).ShouldBeLessThanOrEqualTo(pair.ErrorBound);
            pair.ErrorBound.ShouldBeLessThan(1e-7 * scale);
            for (int j = 0; j <= i; j++)
                Vectors.Dot(pair.Vector, result.Pairs[j].Vector).ShouldBe(i == j ? 1 : 0, 1e-12);
        }
    }

    // The five-point Laplacian on a square: eigenvalues λᵢ + λⱼ, those with i ≠ j twice.
    private static ILinearOperator Square(int m) => Operators.From(m * m, (v, r) =>
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
            {
                int at = i * m + j;
                r[at] = 4 * v[at] - (i > 0 ? v[at - m] : 0) - (i + 1 < m ? v[at + m] : 0) - (j > 0 ? v[at - 1] : 0) - (
                    j + 1 < m ? v[at + 1] : 0);
            }
        }
    });

    private static double[] SquareValues(int m) =>
        [.. from i in Enumerable.Range(1, m) from j in Enumerable.Range(1, m) let v = Operators.LaplacianEigenvalue(m, i)
            + Operators.LaplacianEigenvalue(m, j) orderby v select v];

    [Fact]
    public void Repeated_eigenvalues_are_found_as_often_as_they_are_repeated()
    {
        ILinearOperator a = Square(15);
        Check(a, Spectrum.Eigenpairs(a, new() { Count = 6 }), SquareValues(15).Take(6));
        Check(a, Spectrum.Eigenpairs(a, new() { Count = 6, End = SpectrumEnd.Largest }), SquareValues(15).Reverse().Take(6));
        ILinearOperator rotated = Operators.Rotated([-7, -7, -7, 1, 2, .. Enumerable.Repeat(3.0, 60)]);
        Check(rotated, Spectrum.Eigenpairs(rotated, new() { Count = 4 }), [-7, -7, -7, 1]);
    }

    [Theory, InlineData(1.0), InlineData(1e150), InlineData(1e-150)]
    public void No_scale_is_too_large_or_too_small(double scale)
    {
        ILinearOperator a = Operators.Laplacian(60, scale);
        Check(a, Spectrum.Eigenpairs(a, new() { Count = 3 }),
            Enumerable.Range(1, 3).Select(j => scale * Operators.LaplacianEigenvalue(60, j)), 4 * scale);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5), InlineData(7)]
    public void Small_dimensions_are_no_trouble(int n)
    {
        double[] values = [.. Enumerable.Range(0, n).Select(i => i - 2.0)];
        ILinearOperator a = Operators.Rotated(values);
        Check(a, Spectrum.Eigenpairs(a), values.Take(4));
        ILinearOperator zero = Operators.Rotated(new double[n]);
        Check(zero, Spectrum.Eigenpairs(zero), new double[Math.Min(4, n)]);
    }

    // (L + shift)⁻¹ by elimination.
    private static ILinearOperator Preconditioner(int n, double shift) => Operators.From(n, (v, r) =>
    {
        double[] pivots = new double[n];
        for (int i = 0; i < n; i++)
        {
            pivots[i] = 2 + shift - (i > 0 ? 1 / pivots[i - 1] : 0);
            r[i] = v[i] + (i > 0 ? r[i - 1] / pivots[i - 1] : 0);
        }
        for (int i = n - 1; i >= 0; i--)
            r[i] = (r[i] + (i + 1 < n ? r[i + 1] : 0)) / pivots[i];
    });

    [Fact]
    public void Two_impurities_in_a_chain_of_a_hundred_thousand_bind_two_states()
    {
        const int n = 100_000;
        ILinearOperator laplacian = Operators.Laplacian(n);
        ILinearOperator a = Operators.From(n, (v, r) =>
        {
            laplacian.Apply(v, r);
            r[n / 3] -= 5 * v[n / 3];
            r[n / 2] -= 3 * v[n / 2];
        });
        Check(a, Spectrum.Eigenpairs(a, new() { Count = 2, GuardVectors = 0, Preconditioner = Preconditioner(n, 1) }),
            [2 - Math.Sqrt(29), 2 - Math.Sqrt(13)], 4);
    }

    [Fact]
    public void A_preconditioner_saves_products()
    {
        ILinearOperator a = Operators.Laplacian(300);
        EigenpairResult plain = Spectrum.Eigenpairs(a, new() { Count = 2 }),
            helped = Spectrum.Eigenpairs(a, new() { Count = 2, Preconditioner = Preconditioner(300, 0) });
        Check(a, helped, [Operators.LaplacianEigenvalue(300, 1), Operators.LaplacianEigenvalue(300, 2)]);
        // Without the conjugate directions P steepest descent would need tens of thousands.
        Check(a, plain, [Operators.LaplacianEigenvalue(300, 1), Operators.LaplacianEigenvalue(300, 2)]);
        plain.Products.ShouldBeLessThan(2000);
        (10 * helped.Products).ShouldBeLessThan(plain.Products);
    }

    [Fact]
    public void Limits_and_products_that_are_not_finite_are_statuses()
    {
        ILinearOperator a = Operators.Laplacian(500);
        EigenpairResult limited = Spectrum.Eigenpairs(a, new() { Count = 2, MaximumProducts = 30 });
        (limited.Status, limited.Pairs.Count).ShouldBe((SpectrumStatus.LimitProducts, 2));
        limited.Products.ShouldBeLessThanOrEqualTo(30);
        Operators.Residual(a, limited.Pairs[1].Value, limited.Pairs[1].Vector).ShouldBeLessThanOrEqualTo(limited.Pairs[1].ErrorBound);
        foreach (int last in (int[])[1, 6, 15])
        {
            int calls = 0;
            EigenpairResult broken = Spectrum.Eigenpairs(Operators.From(500, (v, r) =>
            {
                a.Apply(v, r);
                if (++calls == last)
                    r[0] = double.NaN;
            }));
            (broken.Status, broken.Pairs.Count).ShouldBe((SpectrumStatus.NonFinite, last > 6 ? 4 : 0));
            foreach (Eigenpair pair in broken.Pairs)
                Operators.Residual(a, pair.Value, pair.Vector).ShouldBeLessThanOrEqualTo(pair.ErrorBound);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        ILinearOperator a = Square(9);
        EigenpairResult first = Spectrum.Eigenpairs(a), second = Spectrum.Eigenpairs(a);
        second.Pairs[3].Vector.ShouldBe(first.Pairs[3].Vector);
        Should.Throw<ShapeMismatchException>(
            () => Spectrum.Eigenpairs(a, new() { Preconditioner = Operators.Laplacian(3) })).Message.ShouldContain("3");
    }
}
