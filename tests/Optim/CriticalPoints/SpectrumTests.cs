using System.Diagnostics;
using AutoDiff.Optim;
using AutoDiff.Optim.CriticalPoints;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Optim.CriticalPoints;

public class SpectrumTests(ITestOutputHelper output)
{
    [Theory, InlineData(2), InlineData(5), InlineData(20), InlineData(100), InlineData(200), InlineData(201), InlineData(500)]
    public void Quadratics_are_never_judged_wrongly_and_undecided_only_within_ten_errors(int n)
    {
        int decided = 0, all = 0;
        foreach (double largest in new[] { 1, 1e5, 1e10 })
        {
            foreach (double least in new[] { -1e2, -1, -1e-2, -1e-5, -1e-8, 1e-8, 1e-5, 1e-2, 1 })
            {
                if (Math.Abs(least) > largest)
                    continue;
                CriticalPoint found = CriticalPoint.Classify(Quadratic(n, least, largest), new double[n]);
                all++;
                if (found.Kind == CriticalPointKind.Undecided)
                {
                    double error = Math.Max(found.LowestEigenvalueError, double.IsNaN(found.Resolution) ? 0 : found.Resolution);
                    Math.Abs(least).ShouldBeLessThan(10 * error, $"{n} {least} {largest}: {found}");
                    continue;
                }
                decided++;
                found.Kind.ShouldBe(least < 0 ? CriticalPointKind.Saddle : CriticalPointKind.Minimum, $"{n} {least} {largest}: {found}");
                if (n <= 200)
                {
                    found.Index.ShouldBe(least < 0 ? 1 : 0);
                    found.LowestEigenvalue.ShouldBe(least, found.LowestEigenvalueError);
                    found.Proof.ShouldBe(CriticalPointProof.Proven);
                }
            }
        }
        output.WriteLine($"n = {n}: {decided} of {all} decided");
        decided.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void With_as_many_products_as_variables_Lanczos_decides_what_the_dense_spectrum_decides()
    {
        foreach (double least in new[] { -1e2, -1e-2, 1e-2, 1 })
        {
            CriticalPoint found = CriticalPoint.Classify(
                Quadratic(300, least, 1e5), new double[300], new VerdictOptions { MaxProducts = 300, DenseLimit = 0 });
            found.Kind.ShouldBe(least < 0 ? CriticalPointKind.Saddle : CriticalPointKind.Minimum, found.ToString());
        }
    }

    [Theory, InlineData(-0.5), InlineData(-1e-3), InlineData(0.5)]
    public void A_hundred_thousand_variables_are_judged_by_Lanczos(double least)
    {
        const int n = 100_000;
        double[] d = new double[n];
        for (int i = 0; i < n; i++)
            d[i] = 1 + 9.0 * i / n;
        d[n / 3] = least;
        Objective f = Objective.Of(x => 0.5 * ((VarVector)d * x * x).Sum());
        Stopwatch clock = Stopwatch.StartNew();
        CriticalPoint found = CriticalPoint.Classify(f, new double[n], new VerdictOptions { MaxProducts = 120 });
        output.WriteLine($"{clock.Elapsed}: {found}");
        found.Kind.ShouldBe(least < 0 ? CriticalPointKind.Saddle : CriticalPointKind.Minimum);
        found.Proof.ShouldBe(least < 0 ? CriticalPointProof.Proven : CriticalPointProof.Probable);
    }

    [Theory, InlineData(-300), InlineData(-1), InlineData(300)]
    public void The_verdict_does_not_change_when_f_is_multiplied_by_a_power_of_two(int power)
    {
        foreach (int limit in new[] { 0, 200 })
        {
            foreach ((string name, (Func<Var, Var, Var> f, _)) in DegenerateCases.All)
            {
                CriticalPoint one = Examine(x => f(x[0], x[1]), [1e-4, 2e-4], limit),
                    other = Examine(x => Math.ScaleB(1, power) * f(x[0], x[1]), [1e-4, 2e-4], limit);
                other.Kind.ShouldBe(one.Kind, $"{name}: {one} — {other}");
                other.X.ShouldBe(one.X, name);
                other.Counts.ShouldBe(one.Counts, name);
            }
        }
    }

    [Fact]
    public void The_tolerance_of_Lanczos_is_the_error_at_the_point_and_a_bound_is_probable_only()
    {
        CriticalPoint found = CriticalPoint.Classify(Quadratic(500, 1e-6, 1), new double[500], new VerdictOptions { MaxProducts = 50 });
        found.Kind.ShouldBe(CriticalPointKind.Undecided);
        found.Resolution.ShouldBeGreaterThan(0);
        found.Evidence.ShouldContain("not that it is the extreme one");
    }

    private static CriticalPoint Examine(Func<VarVector, Var> f, double[] x, int denseLimit)
    {
        using Oracle oracle = new(Objective.Of(f), x.Length, null, CancellationToken.None);
        return new Examination(oracle, new VerdictOptions { DenseLimit = denseLimit }, null, RandomStream.Of(1, 2)).Examine(x, [], null);
    }

    private static Objective Quadratic(int n, double least, double largest)
    {
        RandomStream random = new((ulong)n);
        double[] d = new double[n];
        for (int i = 0; i < n; i++)
            d[i] = largest * Math.Pow(Math.Max(Math.Abs(least), 1e-3 * largest) / largest, random.NextUnit());
        (d[0], d[n - 1]) = (least, largest);
        return Rotation.Of(n, y =>
        {
            Var sum = 0;
            for (int i = 0; i < n; i++)
                sum += 0.5 * d[i] * y[i] * y[i];
            return sum;
        }, shift: 0).F;
    }
}
