using AutoDiff.Optim.Kernels;
using AutoDiff.Optim.Krylov;

namespace AutoDiff.Tests.Optim.Krylov;

public class LanczosTests
{
    private static Lanczos Run(ILinearOperator a, int capacity, ulong seed = 7)
    {
        Lanczos lanczos = new(a.Rows, capacity);
        RandomStream random = new(seed);
        lanczos.StartRandom(ref random);
        while (lanczos.Step(a))
        {
        }
        return lanczos;
    }

    private static double WorstAngle(Lanczos lanczos)
    {
        double worst = 0;
        for (int i = 0; i < lanczos.Count; i++)
        {
            for (int j = 0; j <= i; j++)
                worst = Math.Max(worst, Math.Abs(Vectors.Dot(lanczos.Vector(i), lanczos.Vector(j)) - (i == j ? 1 : 0)));
        }
        return worst;
    }

    // ‖A·v_i − (β_i v_{i−1} + α_i v_i + β_{i+1} v_{i+1})‖ for all columns but the last, relative to ‖T‖.
    private static double WorstRecurrence(ILinearOperator a, Lanczos lanczos)
    {
        double worst = 0;
        for (int i = 0; i + 1 < lanczos.Count; i++)
        {
            double[] w = a.Apply(lanczos.Vector(i));
            Vectors.AddScaled(-lanczos.Diagonal[i], lanczos.Vector(i), w);
            Vectors.AddScaled(-lanczos.Couplings[i], lanczos.Vector(i + 1), w);
            if (i > 0)
                Vectors.AddScaled(-lanczos.Couplings[i - 1], lanczos.Vector(i - 1), w);
            worst = Math.Max(worst, Vectors.Norm(w));
        }
        return worst / lanczos.NormBound;
    }

    public static TheoryData<string> Spectra() => ["laplacian", "rotated", "clustered", "indefinite", "ill-conditioned", "huge", "tiny"];

    private static ILinearOperator Named(string name) => name switch
    {
        "laplacian" => Operators.Laplacian(150),
        "rotated" => Operators.Rotated([.. Enumerable.Range(1, 150).Select(i => (double)i)]),
        "clustered" => Operators.Rotated([.. Enumerable.Range(0, 150).Select(i => i < 75 ? 1 + 1e-9 * i : 2 + 1e-9 * i)]),
        "indefinite" => Operators.Rotated([.. Enumerable.Range(0, 150).Select(i => i - 74.5)]),
        "ill-conditioned" => Operators.Rotated([.. Enumerable.Range(0, 150).Select(i => Math.Pow(10, -12 * i / 149.0))]),
        "huge" => Operators.Laplacian(150, 1e150),
        _ => Operators.Laplacian(150, 1e-150),
    };

    [Theory, MemberData(nameof(Spectra))]
    public void The_basis_is_orthonormal_and_satisfies_the_recurrence_to_rounding(string name)
    {
        ILinearOperator a = Named(name);
        Lanczos lanczos = Run(a, 80);
        WorstAngle(lanczos).ShouldBeLessThan(1e-14);
        WorstRecurrence(a, lanczos).ShouldBeLessThan(2e-13);
        lanczos.Asymmetry.ShouldBeLessThan(1e-13 * lanczos.NormBound);
    }

    [Fact]
    public void The_whole_spectrum_comes_out_of_n_steps()
    {
        Lanczos lanczos = Run(Operators.Laplacian(60), 1000);
        lanczos.Count.ShouldBe(60);
        lanczos.IsInvariant.ShouldBeTrue();
        TridiagonalEigensystem t = new(lanczos.Diagonal, lanczos.Couplings, full: false);
        for (int j = 1; j <= 60; j++)
            t.Values[j - 1].ShouldBe(Operators.LaplacianEigenvalue(60, j), 2e-14);
    }

    [Fact]
    public void A_breakdown_is_seen_and_left_by_a_random_restart()
    {
        double[] d = [1, 1, 1, 1, 5, 5, 9];
        ILinearOperator a = Operators.Rotated(d);
        Lanczos lanczos = Run(a, 100);
        (lanczos.Count, lanczos.IsInvariant, lanczos.NextCoupling).ShouldBe((3, true, 0));
        lanczos.DroppedCoupling.ShouldBeInRange(1e-300, 1e-13 * lanczos.NormBound);
        RandomStream random = new(3);
        while (lanczos.RestartRandom(ref random))
        {
            while (lanczos.Step(a))
            {
            }
        }
        lanczos.Count.ShouldBe(7);
        WorstAngle(lanczos).ShouldBeLessThan(1e-14);
        double[] values = new TridiagonalEigensystem(lanczos.Diagonal, lanczos.Couplings, full: false).Values;
        for (int i = 0; i < 7; i++)
            values[i].ShouldBe(d[i], 1e-13);
    }

    [Fact]
    public void A_zero_operator_a_zero_start_and_one_dimension_are_no_trouble()
    {
        Lanczos zero = Run(Operators.Diagonal(0, 0, 0), 10);
        (zero.Count, zero.IsInvariant, zero.Diagonal[0]).ShouldBe((1, true, 0));
        Lanczos none = new(3, 10);
        none.Start(new double[3]);
        none.Step(Operators.Diagonal(1, 2, 3)).ShouldBeFalse();
        (none.Count, none.IsInvariant, none.StartNorm).ShouldBe((0, true, 0));
        Lanczos one = Run(Operators.Diagonal(-4), 10);
        (one.Count, one.Diagonal[0], one.IsInvariant, one.IsFull).ShouldBe((1, -4, true, true));
    }

    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_product_that_is_not_finite_stops_the_process_and_spoils_nothing(double bad)
    {
        int calls = 0;
        ILinearOperator laplacian = Operators.Laplacian(20);
        ILinearOperator a = Operators.From(20, (v, r) =>
        {
            laplacian.Apply(v, r);
            if (++calls == 4)
                r[7] = bad;
        });
        Lanczos lanczos = Run(a, 20);
        (lanczos.Count, lanczos.IsNonFinite).ShouldBe((3, true));
        lanczos.Diagonal.ToArray().ShouldAllBe(x => double.IsFinite(x));
        lanczos.Step(laplacian).ShouldBeFalse();
        lanczos.Start([bad, .. new double[19]]);
        (lanczos.Count, lanczos.IsNonFinite, lanczos.Step(laplacian)).ShouldBe((0, true, false));
        lanczos.Start([1, .. new double[19]]);
        (lanczos.IsNonFinite, lanczos.Step(laplacian)).ShouldBe((false, true));
    }

    [Fact]
    public void An_inner_product_that_overflows_counts_as_not_finite()
    {
        ILinearOperator a = Operators.From(400, (_, r) => r.Fill(double.MaxValue));
        Lanczos lanczos = new(400, 10);
        lanczos.Start([.. Enumerable.Repeat(1.0, 400)]);
        lanczos.Step(a).ShouldBeFalse();
        (lanczos.Count, lanczos.IsNonFinite).ShouldBe((0, true));
        AutoDiff.Optim.Spectrum.Eigenpairs(a).Status.ShouldBe(AutoDiff.Optim.SpectrumStatus.NonFinite);
    }

    [Fact]
    public void A_lack_of_symmetry_is_measured()
    {
        double[,] skew = Operators.RandomSymmetric(30, 2);
        skew[3, 5] += 1e-3;
        Lanczos lanczos = Run(Operators.Dense(skew), 30);
        lanczos.Asymmetry.ShouldBeInRange(1e-6, 1e-3);
    }

    [Fact]
    public void Locked_vectors_confine_the_process_to_their_complement()
    {
        double[] d = [-3, 1, 2, 4, 6, 8];
        ILinearOperator a = Operators.Diagonal(d);
        Lanczos lanczos = new(6, 6);
        lanczos.Lock([2, 0, 0, 0, 0, 0]).ShouldBeTrue();
        lanczos.Lock([1, 0, 0, 0, 0, 1]).ShouldBeTrue();
        lanczos.Lock([5, 0, 0, 0, 0, 1]).ShouldBeFalse();
        lanczos.Start([1, 1, 1, 1, 1, 1]);
        lanczos.StartNorm.ShouldBe(2, 1e-14);
        while (lanczos.Step(a))
        {
        }
        lanczos.Count.ShouldBe(4);
        double[] values = new TridiagonalEigensystem(lanczos.Diagonal, lanczos.Couplings, full: false).Values;
        for (int i = 0; i < 4; i++)
            values[i].ShouldBe(d[i + 1], 1e-13);
        lanczos.Start([1, 0, 0, 0, 0, 1]);
        (lanczos.StartNorm, lanczos.IsInvariant).ShouldBe((0, true));
    }

    [Fact]
    public void A_thick_restart_keeps_the_recurrence_and_the_ritz_pairs()
    {
        ILinearOperator a = Operators.Laplacian(3000);
        Lanczos lanczos = Run(a, 40);
        TridiagonalEigensystem before = new(lanczos.Diagonal, lanczos.Couplings, full: true);
        double[] values = before.Values[..12], vectors = new double[12 * 40];
        for (int i = 0; i < 12; i++)
            before.Vector(i).CopyTo(vectors.AsSpan(i * 40));
        lanczos.Compress(values, vectors);
        lanczos.Count.ShouldBe(12);
        double[] kept = new TridiagonalEigensystem(lanczos.Diagonal, lanczos.Couplings, full: false).Values;
        for (int i = 0; i < 12; i++)
            kept[i].ShouldBe(values[i], 1e-14);
        while (lanczos.Step(a))
        {
        }
        lanczos.Count.ShouldBe(40);
        WorstAngle(lanczos).ShouldBeLessThan(1e-14);
        WorstRecurrence(a, lanczos).ShouldBeLessThan(1e-13);
        lanczos.Asymmetry.ShouldBeLessThan(1e-13);
    }

    [Fact]
    public void A_thick_restart_after_a_breakdown_keeps_the_ritz_values()
    {
        ILinearOperator a = Operators.Rotated([1, 1, 2, 3, 3, 3, 4, 5]);
        Lanczos lanczos = Run(a, 8);
        TridiagonalEigensystem t = new(lanczos.Diagonal, lanczos.Couplings, full: true);
        lanczos.Count.ShouldBe(5);
        lanczos.Compress(t.Values[..2], [.. t.Vector(0), .. t.Vector(1)]);
        RandomStream random = new(5);
        while (lanczos.RestartRandom(ref random))
        {
            while (lanczos.Step(a))
            {
            }
        }
        new TridiagonalEigensystem(lanczos.Diagonal, lanczos.Couplings, full: false).Values.Sum().ShouldBe(22, 1e-12);
        WorstAngle(lanczos).ShouldBeLessThan(1e-14);
    }

    [Fact]
    public void A_combination_is_the_sum_of_the_vectors_it_names()
    {
        Lanczos lanczos = Run(Operators.Laplacian(9), 4);
        double[] result = new double[9];
        lanczos.Combine([0.5, 0, -2], result);
        for (int i = 0; i < 9; i++)
            result[i].ShouldBe(0.5 * lanczos.Vector(0)[i] - 2 * lanczos.Vector(2)[i], 1e-15);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_memory_is_used_again()
    {
        ILinearOperator a = Operators.Laplacian(500);
        Lanczos first = Run(a, 30), second = Run(a, 30);
        RandomStream random = new(7);
        second.StartRandom(ref random);
        while (second.Step(a))
        {
        }
        second.Diagonal.ToArray().ShouldBe(first.Diagonal.ToArray());
        second.Vector(29).ToArray().ShouldBe(first.Vector(29).ToArray());
    }
}
