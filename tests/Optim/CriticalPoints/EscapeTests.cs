using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Optim.CriticalPoints;
using AutoDiff.Optim.Engine;
using AutoDiff.Optim.Kernels;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Optim.CriticalPoints;

public class EscapeTests
{
    public static readonly Dictionary<string, (Func<VarVector, Var> F, double[] X)> Saddles = new()
    {
        ["x² − y² + y⁴/4"] = (x => x[0] * x[0] - x[1] * x[1] + DegenerateCases.Fourth(x[1]) / 4, [0, 0]),
        ["far away"] = (x => x[0] * x[0] - 1e-6 * x[1] * x[1] + 1e-18 * DegenerateCases.Fourth(x[1]) / 4, [0, 0]),
        ["tiny"] = (x => x[0] * x[0] - x[1] * x[1] + 1e16 * DegenerateCases.Fourth(x[1]) / 4, [0, 0]),
        ["a maximum"] = (x => -x[0] * x[0] - 3 * x[1] * x[1] + DegenerateCases.Fourth(x[1]) + DegenerateCases.Fourth(x[0]), [0, 0]),
        ["xy"] = (x => x[0] * x[1] + DegenerateCases.Fourth(x[1]) + DegenerateCases.Fourth(x[0]), [0, 0]),
        ["cosines"] = (x => Math.Cos(x[0]) + Math.Cos(x[1]) * Math.Cos(x[2]), [0, Math.PI, 0]),
        ["Himmelblau's maximum"] =
            (x => Square(x[0] * x[0] + x[1] - 11) + Square(x[0] + x[1] * x[1] - 7), [-0.2708445906694, -0.9230385564800]),
        ["Himmelblau's saddle"] = (x => Square(x[0] * x[0] + x[1] - 11) + Square(x[0] + x[1] * x[1] - 7), [0.0866775056, 2.8842547010]),
        ["a linear network"] = (x => Square(x[0] * x[1] * x[2] - 1) + Square(x[0] * x[1]), [0, 0, 0.5]),
        ["a cubic"] = (x => x[0] * x[0] + x[1] * x[1] * x[1] + DegenerateCases.Fourth(x[1]), [0, 0]),
        ["the monkey saddle"] = (x => x[0] * x[0] * x[0] - 3 * x[0] * x[1] * x[1], [0, 0]),
        ["Peano"] = (x => (x[1] - x[0] * x[0]) * (x[1] - 2 * x[0] * x[0]), [0, 0]),
        ["x² − y⁴"] = (x => x[0] * x[0] - DegenerateCases.Fourth(x[1]), [0, 0]),
        ["−x² + y⁴"] = (x => -x[0] * x[0] + DegenerateCases.Fourth(x[1]), [0, 0]),
        ["−x⁴ − y⁴"] = (x => -DegenerateCases.Fourth(x[0]) - DegenerateCases.Fourth(x[1]), [0, 0]),
        ["x⁴ − y⁴"] = (x => DegenerateCases.Fourth(x[0]) - DegenerateCases.Fourth(x[1]), [0, 0]),
    };

    public static TheoryData<string> Names => [.. Saddles.Keys];

    [Theory, MemberData(nameof(Names))]
    public void From_every_saddle_there_is_a_way_down(string name)
    {
        (Func<VarVector, Var> f, double[] x) = Saddles[name];
        Objective objective = Objective.Of(f);
        foreach (int denseLimit in name is "x² − y² + y⁴/4" or "xy" or "cosines" or "far away" or "tiny" ? new[] { 200, 0 } : [200])
        {
            using Oracle oracle = new(objective, x.Length, null, CancellationToken.None);
            Examination examination = new(oracle, new VerdictOptions { DenseLimit = denseLimit }, null, RandomStream.Of(1, 2));
            CriticalPoint found = examination.Examine(x, [], null);
            found.Kind.ShouldBeOneOf(CriticalPointKind.Saddle, CriticalPointKind.Maximum);
            double[] lower = examination.FindLower(found, 0).ShouldNotBeNull(found.ToString());
            double drop = found.Value - objective.Value(lower);
            drop.ShouldBeGreaterThan(10 * 1.1e-16 * Math.Abs(found.Value), found.ToString());
        }
    }

    [Theory, InlineData(200), InlineData(0)]
    public void The_zero_weights_of_a_network_are_no_minimum(int denseLimit)
    {
        // With all weights zero and the classes balanced the gradient vanishes, as does that of every hidden unit that is a copy of
        // another.
        NetworkData data = new(inputs: 3, hidden: 4, classes: 2, batch: 8);
        Objective loss = NetworkLambda.Arrays(data);
        CriticalPoint found = CriticalPoint.Classify(loss, new double[data.ParameterCount], new VerdictOptions { DenseLimit = denseLimit });
        found.Kind.ShouldBe(CriticalPointKind.Saddle, found.ToString());
    }

    [Fact]
    public void Within_bounds_the_way_down_stays_feasible()
    {
        Objective f = Objective.Of(x => x[0] * x[0] - x[1] * x[1]);
        Bounds bounds = new([-1, -0.25], [1, 0.01]);
        using Oracle oracle = new(f, 2, null, CancellationToken.None);
        Examination examination = new(oracle, VerdictOptions.Default, bounds, RandomStream.Of(1, 2));
        CriticalPoint found = examination.Examine([0, 0], [], null);
        double[] lower = examination.FindLower(found, 0).ShouldNotBeNull();
        lower[1].ShouldBeInRange(-0.25, 0.01);
        f.Value(lower).ShouldBeLessThan(0);
    }

    [Fact]
    public void A_hint_shows_negative_curvature_that_few_products_would_not_find()
    {
        const int n = 3000;
        double[] d = new double[n], hint = new double[n];
        for (int i = 0; i < n; i++)
            d[i] = Math.Pow(1e8, i / (double)n);
        d[7] = -1e-3;
        hint[7] = 1;
        hint[8] = 1e-6;
        Objective f = Objective.Of(x => 0.5 * ((VarVector)d * x * x).Sum());
        using Oracle oracle = new(f, n, null, CancellationToken.None);
        CriticalPoint found = new Examination(oracle, VerdictOptions.Default, null, RandomStream.Of(1, 2)).Examine(new double[n], hint, 0L);
        found.Kind.ShouldBe(CriticalPointKind.Saddle, found.ToString());
        found.LowestEigenvalue.ShouldBe(-1e-3, 1e-4);
    }

    [Fact]
    public void Cancelled_in_the_midst_it_tells_what_was_proven_and_leaves_the_oracle_at_the_point()
    {
        (Objective rotated, double[] origin) =
            Rotation.Of(12, y => y[0] * y[0] - y[1] * y[1] + DegenerateCases.Fourth(y[2]) + y[3] * y[3] * y[4]);
        for (int stop = 0; stop < 60; stop++)
        {
            foreach (int denseLimit in new[] { 0, 200 })
            {
                using CancellationTokenSource source = new();
                int calls = 0;
                Objective counting = Objective.Of(x =>
                {
                    if (++calls > stop)
                        source.Cancel();
                    return rotated.Value(x);
                });
                using Oracle oracle = new(counting, 12, null, source.Token);
                CriticalPoint found = new Examination(
                    oracle, new VerdictOptions { DenseLimit = denseLimit }, null, RandomStream.Of(1, 2)).Examine(origin, [], null);
                found.Kind.ShouldBeOneOf(CriticalPointKind.Undecided, CriticalPointKind.Saddle);
                if (found.Kind == CriticalPointKind.Undecided)
                    found.Evidence.ShouldContain("cancelled");
                found.X.Length.ShouldBe(12);
                _ = oracle.Local;
            }
        }
    }

    [Fact]
    public void Limits_exceptions_and_derivatives_that_are_not_finite_are_told()
    {
        CriticalPoint limited =
            CriticalPoint.Classify(
            Objective.Of(x => DegenerateCases.Fourth(x[0]) + DegenerateCases.Fourth(x[1])), [0, 0], new VerdictOptions { MaxProducts = 5 });
        limited.Kind.ShouldBe(CriticalPointKind.Undecided);
        limited.Evidence.ShouldContain("used up");
        limited.Counts.HessianVectorProducts.ShouldBeLessThanOrEqualTo(5);

        CriticalPoint rough = CriticalPoint.Classify(Objective.Of(x => Math.Pow(x[0] * x[0], 0.75) + x[1] * x[1]), [0, 0]);
        rough.Kind.ShouldBe(CriticalPointKind.Undecided, rough.ToString());

        int calls = 0;
        CriticalPoint thrown =
            CriticalPoint.Classify(
            Objective.Of(x => ++calls > 1 ? throw new InvalidOperationException("broken") : x[0] * x[0]), [1e-9],
            new VerdictOptions { GradientTolerance = 1e-8 });
        thrown.Kind.ShouldBe(CriticalPointKind.Undecided);
        thrown.Evidence.ShouldContain("broken");
    }

    private static Var Square(Var x) => x * x;
}
