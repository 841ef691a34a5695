using AutoDiff.Optim;
using AutoDiff.Optim.Kernels;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Optim.CriticalPoints;

/// <summary>Inertia does not depend on the variables' units (Sylvester), so it is known for any of them; what rounding hides must stay
/// open.</summary>
public class ScalingTests(ITestOutputHelper output)
{
    [Theory, InlineData(2), InlineData(6), InlineData(40)]
    public void The_inertia_of_badly_scaled_variables_is_never_wrong_and_mostly_found(int n)
    {
        int decided = 0, all = 0;
        foreach (int decades in new[] { 2, 6, 10, 14 })
        {
            foreach (double least in new[] { -0.5, -1e-2, -1e-5, 1e-5, 1e-2, 0.5 })
            {
                for (ulong seed = 1; seed <= 6; seed++)
                {
                    // At the point, and beside it by a thousandth of each unit.
                    (Objective f, double[] centre) = Scaled(n, decades, least, seed, seed % 2 == 0 ? 1e-3 : 0);
                    CriticalPoint found = CriticalPoint.Classify(f, centre, new VerdictOptions { GradientTolerance = double.MaxValue });
                    all++;
                    if (found.Kind == CriticalPointKind.Undecided)
                    {
                        output.WriteLine($"{n} {decades} {least}: {found}");
                        continue;
                    }
                    decided++;
                    found.Kind.ShouldBe(least < 0 ? CriticalPointKind.Saddle
                        : CriticalPointKind.Minimum, $"{n} {decades} {least}: {found}");
                    found.Index.ShouldBeOneOf(least < 0 ? [1, null] : [0]);
                }
            }
        }
        output.WriteLine($"{decided} of {all}");
        decided.ShouldBeGreaterThanOrEqualTo(9 * all / 10);
    }

    [Fact]
    public void A_saddle_of_badly_scaled_variables_has_a_way_down()
    {
        (Objective f, double[] centre) = Scaled(6, 8, -1e-2, 3);
        OptimizationResult result = new TrustRegionNewton { MaxIterations = 300 }.Minimize(f, centre);
        result.Escapes.Count.ShouldBeGreaterThan(0, result.Verdict.ToString());
        result.Value.ShouldBeLessThan(f.Value(centre));
    }

    [Fact]
    public void What_scaling_decided_is_told_and_the_eigenvalues_are_those_of_the_Hessian()
    {
        CriticalPoint found = CriticalPoint.Classify(
            Objective.Of(x => 1e16 * (x[0] - 0.3) * (x[0] - 0.3) + 1e-4 * (x[0] - 0.3) * (x[1] - 7e4)
                + 1e-14 * (x[1] - 7e4) * (x[1] - 7e4)), [0.3, 7e4]);
        found.Kind.ShouldBe(CriticalPointKind.Minimum, found.ToString());
        found.Evidence.ShouldContain("units");
        found.HighestEigenvalue.ShouldBe(2e16, 1e3);
        found.LowestEigenvalue.ShouldBe(0, found.LowestEigenvalueError);
    }

    [Fact]
    public void Badly_scaled_variables_within_bounds_are_decided_on_their_face()
    {
        // The third is held at its bound; the others meet at (3e-9, 2e7).
        Bounds bounds = new([-1, -1e9, 0], [1, 1e9, 1]);
        foreach ((double mixed, CriticalPointKind kind) in new[] { (1.9, CriticalPointKind.Minimum), (2.1, CriticalPointKind.Saddle) })
        {
            CriticalPoint found = CriticalPoint.Classify(
                Objective.Of(x =>
                {
                    Var u = 1e9 * (x[0] - 3e-9), v = 1e-7 * (x[1] - 2e7);
                    return u * u + v * v + mixed * u * v + u * u * u * v + x[2] * (1 + u);
                }), [3e-9, 2e7, 0], new VerdictOptions { GradientTolerance = 1 }, bounds);
            found.Kind.ShouldBe(kind, found.ToString());
            found.Evidence.ShouldContain("units");
            found.Evidence.ShouldContain("held at their bounds");
            found.GradientNorm.ShouldBeLessThan(1e-6);
            found.LowestDirection[2].ShouldBe(0);
        }
    }

    [Fact]
    public void A_tail_beside_a_steep_variable_at_the_round_off_floor_has_no_critical_point()
    {
        foreach (double x0 in new[] { 20, 30, 35 })
        {
            foreach (double steep in new[] { 1, 1e5, 1e10 })
            {
                foreach (Func<Var, Var> tail in new Func<Var, Var>[] { x => Math.Exp(-x), x => -Math.Exp(-x), x => 1 / (x * x * x),
                    x => -Math.Log(x), x => x * x + Math.Exp(-x) - x * x })
                {
                    CriticalPoint found = CriticalPoint.Classify(
                        Objective.Of(x => tail(x[0]) + Square(steep * (x[1] - 1.0 / 3)) + Square(x[2] - 0.7)), [x0, 1.0 / 3, 0.7],
                            new VerdictOptions { GradientTolerance = double.MaxValue });
                    found.Kind.ShouldBe(CriticalPointKind.Undecided, $"{x0} {steep}: {found}");
                }
            }
        }
    }

    [Fact]
    public void Curvature_that_is_left_of_terms_that_cancel_is_taken_for_no_more_than_it_is()
    {
        int decided = 0;
        foreach (double large in new[] { 1e6, 1e10, 1e14 })
        {
            foreach (int exponent in Enumerable.Range(-12, 14))
            {
                foreach (int sign in new[] { -1, 1 })
                {
                    double sum = large + sign * Math.Pow(10, exponent), curvature = sum - large;
                    Objective f = Objective.Of(
                        x =>
                        sum * Square(x[0] - 0.3) - large * Square(x[0] - 0.3) + Square(x[1] - 0.7)
                        + Square(x[0] - 0.3) * Square(x[1] - 0.7));
                    CriticalPoint found = CriticalPoint.Classify(f, [0.3, 0.7]);
                    if (found.Kind is CriticalPointKind.Minimum)
                        (found.ZeroModes == 0 ? curvature > 0 : curvature == 0).ShouldBeTrue($"{large} {exponent} {sign}: {found}");
                    if (found.Kind is CriticalPointKind.Saddle)
                        curvature.ShouldBeLessThan(0, $"{large} {exponent} {sign}: {found}");
                    if (Math.Abs(curvature) > 1e-12 * large)
                        found.Kind.ShouldBe(curvature < 0 ? CriticalPointKind.Saddle
                            : CriticalPointKind.Minimum, $"{large} {exponent} {sign}: {found}");
                    decided += found.Kind == CriticalPointKind.Undecided ? 0 : 1;
                }
            }
        }
        output.WriteLine($"{decided} decided");
    }

    [Theory, InlineData(1e-20), InlineData(1e-18), InlineData(-1e-20), InlineData(-1e-18), InlineData(1e-11), InlineData(-1e-11)]
    public void The_rounding_of_two_forms_that_cancel_is_not_taken_for_curvature(double part)
    {
        // ‖Ax‖² − ‖QAx‖² is zero but for the rounding of Q and of the sums, about 1e-16 of each; beside it a variable with curvature of its
        // own.
        for (ulong seed = 1; seed <= 20; seed++)
        {
            RandomStream random = new(seed);
            double[] w = Normal(3, ref random), a = Normal(9, ref random), c = Normal(4, ref random);
            double square = w.Sum(v => v * v), size = Math.Pow(10, 3 * random.NextUnit());
            Objective f = Objective.Of(x =>
            {
                Var[] y = [x[0] - c[0], x[1] - c[1], x[2] - c[2]];
                Var[] product = [.. Enumerable.Range(0, 3).Select(
                    i => size * (a[3 * i] * y[0] + a[3 * i + 1] * y[1] + a[3 * i + 2] * y[2]))];
                Var dot = w[0] * product[0] + w[1] * product[1] + w[2] * product[2], sum = 0, reflected = 0, own = 0;
                for (int i = 0; i < 3; i++)
                {
                    sum += Square(product[i]);
                    reflected += Square(product[i] - 2 * w[i] / square * dot);
                    own += part * size * size * Square(y[i]);
                }
                return sum - reflected + own + 1e-9 * Square(x[3] - c[3]);
            });
            CriticalPoint found = CriticalPoint.Classify(f, c);
            CriticalPointKind expected = Math.Abs(part) < 1e-16 ? CriticalPointKind.Undecided : part < 0 ? CriticalPointKind.Saddle
                : CriticalPointKind.Minimum;
            found.Kind.ShouldBe(expected, $"{seed}: {found}");
        }
    }

    // f = Σ λᵢ(1 − cos yᵢ + sin³yᵢ/10), y = Q D⁻¹(x − c): units over so many decades, a centre of their size.
    private static (Objective F, double[] Centre) Scaled(int n, int decades, double least, ulong seed, double distance = 0)
    {
        RandomStream random = new(100 * seed + (ulong)n);
        double[] w = Normal(n, ref random), centre = Normal(n, ref random), units = new double[n], eigenvalues = new double[n];
        for (int i = 0; i < n; i++)
        {
            units[i] = Math.Pow(10, decades * (i / Math.Max(1.0, n - 1) - 0.5) + random.NextUnit());
            centre[i] *= units[i];
            eigenvalues[i] = Math.Pow(10, -random.NextUnit());
        }
        eigenvalues[n / 2] = least;
        double square = w.Sum(v => v * v);
        return (Objective.Of(x =>
        {
            Var[] z = [.. Enumerable.Range(0, n).Select(i => (x[i] - centre[i]) / units[i])];
            Var dot = 0, sum = 0;
            for (int i = 0; i < n; i++)
                dot += w[i] * z[i];
            for (int i = 0; i < n; i++)
            {
                Var y = z[i] - 2 * w[i] / square * dot, sine = Math.Sin(y);
                sum += eigenvalues[i] * (1 - Math.Cos(y) + 0.1 * sine * sine * sine);
            }
            return sum;
        }), [.. centre.Zip(units, (c, unit) => c + distance * unit)]);
    }

    private static double[] Normal(int n, ref RandomStream random)
    {
        double[] vector = new double[n];
        random.FillNormal(vector);
        return vector;
    }

    private static Var Square(Var x) => x * x;
}
