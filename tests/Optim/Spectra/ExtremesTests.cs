using AutoDiff.Optim;
using AutoDiff.Optim.Kernels;
using AutoDiff.Tests.Optim.Krylov;

namespace AutoDiff.Tests.Optim.Spectra;

public class ExtremesTests
{
    private static void Check(ILinearOperator a, ExtremeEigenvalues e, double[] ascending, double scale = 1)
    {
        for (int i = 0; i < e.Smallest.Count; i++)
            CheckPair(a, e.Smallest[i], ascending[i], scale);
        for (int i = 0; i < e.Largest.Count; i++)
            CheckPair(a, e.Largest[i], ascending[^(i + 1)], scale);
    }

    private static void CheckPair(ILinearOperator a, Eigenpair pair, double expected, double scale)
    {
        Math.Abs(pair.Value - expected).ShouldBeLessThanOrEqualTo(pair.ErrorBound);
        Operators.Residual(a, pair.Value, pair.Vector).ShouldBeLessThanOrEqualTo(pair.ErrorBound);
        pair.ErrorBound.ShouldBeLessThanOrEqualTo(1e-6 * scale);
    }

    [Theory, InlineData(1.0), InlineData(1e150), InlineData(1e-150)]
    public void Both_ends_of_the_laplacian_come_from_one_restarted_run(double scale)
    {
        ILinearOperator a = Operators.Laplacian(300, scale);
        ExtremeEigenvalues e = Spectrum.Extremes(a, new() { Count = 3, BasisSize = 40 });
        e.Status.ShouldBe(SpectrumStatus.Converged);
        e.UnrestartedSteps.ShouldBe(40);
        e.Products.ShouldBeInRange(41, 2000);
        Check(a, e, [.. Enumerable.Range(1, 300).Select(j => scale * Operators.LaplacianEigenvalue(300, j))], scale * 4);
    }

    public static TheoryData<string> Spectra() =>
        ["one", "zero", "repeated", "clustered", "indefinite", "κ = 1e12", "low rank", "identity"];

    private static double[] Values(string name) => name switch
    {
        "one" => [-4],
        "zero" => new double[50],
        "repeated" => [1, 1, 1, 2, 5, 5, 5, 5, 9, 9],
        "clustered" => [.. Enumerable.Range(0, 200).Select(i => i < 100 ? 1 + 1e-3 * i : 3 + 1e-3 * i)],
        "indefinite" => [-50, .. Enumerable.Range(1, 398).Select(i => i / 398.0), 20],
        "κ = 1e12" => [.. Enumerable.Range(0, 80).Select(i => Math.Pow(10, 12 * i / 79.0 - 12))],
        "low rank" => [-3, .. new double[1997], 1, 7],
        _ => [.. Enumerable.Repeat(2.5, 40)],
    };

    [Theory, MemberData(nameof(Spectra))]
    public void Rotated_spectra_are_found_to_their_error_bounds_repeated_ones_included(string name)
    {
        double[] values = Values(name);
        ILinearOperator a = Operators.Rotated(values);
        ExtremeEigenvalues e = Spectrum.Extremes(a, new() { Count = 2 });
        e.Status.ShouldBe(SpectrumStatus.Converged);
        e.Smallest.Count.ShouldBe(Math.Min(2, values.Length));
        Check(a, e, values, e.Norm);
        e.IsComplete.ShouldBe(e.RitzValues.Count == values.Length);
        if (e.IsComplete)
            e.ProbableMargin(1e-3).ShouldBe(0);
    }

    [Fact]
    public void A_random_matrix_agrees_with_a_dense_decomposition()
    {
        double[,] dense = Operators.RandomSymmetric(120, 4);
        double[] expected = [.. MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(dense).Evd(
            MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Select(z => z.Real).Order()];
        ILinearOperator a = Operators.Dense(dense);
        Check(a, Spectrum.Extremes(a, new() { Count = 4, BasisSize = 30, Tolerance = 1e-10 }), expected);
        Check(a, Spectrum.Extremes(a, new() { Count = 4, BasisSize = 30, Largest = false }), expected);
        ExtremeEigenvalues top = Spectrum.Extremes(a, new() { Count = 4, BasisSize = 30, Smallest = false });
        top.Smallest.ShouldBeEmpty();
        Check(a, top, expected);
    }

    [Fact]
    public void Three_hundred_random_spectra_of_all_sizes_are_found()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            RandomStream random = new(seed);
            int n = 1 + (int)(random.Next() % 150), count = 1 + (int)(random.Next() % 4);
            double scale = Math.Pow(10, 200 * (random.NextUnit() - 0.5)), shift = random.NextNormal();
            double[] values = new double[n];
            for (int i = 0; i < n; i++)
                values[i] = scale * (shift + Math.Pow(random.NextNormal(), 3) * (1 + i % 3));
            Array.Sort(values);
            ILinearOperator a = Operators.Rotated(values, seed);
            ExtremeEigenvalues e = Spectrum.Extremes(a, new() { Count = count, BasisSize = 4 * count + 8, Seed = seed });
            e.Status.ShouldBe(SpectrumStatus.Converged);
            e.Smallest.Count.ShouldBe(Math.Min(count, n));
            Check(a, e, values, e.Norm);
            EigenpairResult block = Spectrum.Eigenpairs(a, new() { Count = count, Seed = seed });
            block.Status.ShouldBe(SpectrumStatus.Converged);
            for (int i = 0; i < block.Pairs.Count; i++)
                CheckPair(a, block.Pairs[i], values[i], e.Norm);
        }
    }

    // An impurity −c on the infinite chain binds one state at 2 − √(4 + c²).
    [Fact]
    public void A_single_negative_direction_among_a_hundred_thousand_is_found()
    {
        const int n = 100_000;
        ILinearOperator laplacian = Operators.Laplacian(n);
        ILinearOperator a = Operators.From(n, (v, r) =>
        {
            laplacian.Apply(v, r);
            r[n / 3] -= 5 * v[n / 3];
        });
        ExtremeEigenvalues e = Spectrum.Extremes(a, new() { Largest = false });
        e.Status.ShouldBe(SpectrumStatus.Converged);
        e.Smallest[0].Value.ShouldBe(2 - Math.Sqrt(29), 1e-12);
        e.Products.ShouldBeLessThan(100);
    }

    [Fact]
    public void What_has_not_converged_says_so_and_keeps_its_bound()
    {
        ILinearOperator a = Operators.Laplacian(100_000);
        ExtremeEigenvalues e = Spectrum.Extremes(a, new() { MaximumProducts = 60 });
        (e.Status, e.Products).ShouldBe((SpectrumStatus.LimitProducts, 60));
        e.Largest[0].ErrorBound.ShouldBeGreaterThan(1e-8);
        Math.Abs(e.Largest[0].Value - Operators.LaplacianEigenvalue(100_000, 100_000)).ShouldBeLessThan(
            e.Largest[0].ErrorBound + e.ProbableMargin(1e-3));
        e.ProbableMargin(1e-3).ShouldBeInRange(1e-3, 1);
    }

    [Fact]
    public void Products_that_are_not_finite_are_a_status_with_what_was_known_before()
    {
        ILinearOperator nan = Operators.From(5, (_, r) => r.Fill(double.NaN));
        ExtremeEigenvalues none = Spectrum.Extremes(nan);
        (none.Status, none.Products, none.Smallest.Count).ShouldBe((SpectrumStatus.NonFinite, 0, 0));
        none.Norm.ShouldBe(double.NaN);
        none.ProbableMargin(0.1).ShouldBe(double.NaN);
        int calls = 0;
        ILinearOperator laplacian = Operators.Laplacian(50);
        ExtremeEigenvalues some = Spectrum.Extremes(Operators.From(50, (v, r) =>
        {
            laplacian.Apply(v, r);
            if (++calls == 9)
                r[3] = double.PositiveInfinity;
        }));
        (some.Status, some.Products).ShouldBe((SpectrumStatus.NonFinite, 8));
        Operators.Residual(laplacian, some.Largest[0].Value, some.Largest[0].Vector).ShouldBeLessThanOrEqualTo(some.Largest[0].ErrorBound);
    }

    [Fact]
    public void A_lack_of_symmetry_widens_the_bounds_and_is_no_convergence()
    {
        double[,] a = Operators.RandomSymmetric(30, 2);
        a[3, 5] += 1e-3;
        ExtremeEigenvalues e = Spectrum.Extremes(Operators.Dense(a));
        e.Asymmetry.ShouldBeGreaterThan(1e-6);
        e.Smallest[0].ErrorBound.ShouldBeGreaterThanOrEqualTo(e.Asymmetry);
        e.Status.ShouldBe(SpectrumStatus.Stalled);
        EigenpairResult block = Spectrum.Eigenpairs(Operators.Dense(a), new() { Count = 1, MaximumProducts = 500 });
        block.Status.ShouldNotBe(SpectrumStatus.Converged);
        block.Pairs[0].ErrorBound.ShouldBeGreaterThan(1e-6);
        Spectrum.CurvatureAlong(Operators.Dense(a), [1, .. new double[29]]).Status.ShouldBe(SpectrumStatus.Stalled);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        ILinearOperator a = Operators.Laplacian(400);
        ExtremeEigenvalues first = Spectrum.Extremes(a, new() { MaximumProducts = 150 }),
            second = Spectrum.Extremes(a, new() { MaximumProducts = 150 });
        second.Smallest[0].Vector.ShouldBe(first.Smallest[0].Vector);
        second.Smallest[0].Value.ShouldBe(first.Smallest[0].Value);
        Spectrum.Extremes(a, new() { MaximumProducts = 150, Seed = 2 }).Smallest[0].Vector.ShouldNotBe(first.Smallest[0].Vector);
    }

    [Fact]
    public void Cancellation_and_misuse_throw()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => Spectrum.Extremes(Operators.Laplacian(10), null, null, source.Token));
        Should.Throw<ArgumentException>(() => Spectrum.Extremes(Operators.Laplacian(10), new() { BasisSize = 7 })).Message.ShouldContain(
            "at least 8");
        Should.Throw<ArgumentException>(() => Spectrum.Extremes(Operators.Laplacian(10), new() { Smallest = false, Largest = false }));
        Should.Throw<ArgumentException>(() => Spectrum.Extremes(Operators.Laplacian(0)));
    }

    [Fact]
    public void Steps_and_margin_are_the_formula_and_each_others_inverse()
    {
        // 1 + ⌈½ ln(2.75·1000/0.01²)·√(4/0.04)⌉ = 1 + ⌈½·17.1297·10⌉
        LanczosProbability.Steps(1000, 4, 0.04, 0.01).ShouldBe(87);
        LanczosProbability.Steps(50, 4, 0.04, 0.01).ShouldBe(50);
        LanczosProbability.Steps(1000, 0, 0.04, 0.01).ShouldBe(1);
        LanczosProbability.Steps(1000, 4, 0, 0.01).ShouldBe(1000);
        LanczosProbability.Steps(1000, 4, LanczosProbability.Margin(1000, 4, 60, 0.01) * (1 + 1e-12), 0.01).ShouldBe(60);
        LanczosProbability.Margin(1000, 4, 1000, 0.01).ShouldBe(0);
        LanczosProbability.Margin(1000, 4, 1, 0.01).ShouldBe(double.PositiveInfinity);
        Should.Throw<ArgumentOutOfRangeException>(() => LanczosProbability.Steps(10, 1, 1, 1.5));
    }

    [Fact]
    public void The_probable_margin_holds_as_often_as_it_says()
    {
        ILinearOperator a = Operators.Laplacian(400);
        double truth = Operators.LaplacianEigenvalue(400, 1);
        int failures = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            ExtremeEigenvalues e = Spectrum.Extremes(a, new() { MaximumProducts = 30, Seed = seed });
            if (e.Smallest[0].Value - truth > e.ProbableMargin(0.1))
                failures++;
        }
        failures.ShouldBeLessThanOrEqualTo(10);
    }
}
