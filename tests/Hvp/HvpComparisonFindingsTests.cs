using AutoDiff.Hvp;

namespace AutoDiff.Tests.Hvp;

/// <summary>What a comparison says where there is no second derivative, no function, or another one than was differentiated; and its edge
/// cases.</summary>
public class HvpComparisonFindingsTests
{
    private static readonly double[] One = [1];

    [Fact]
    public void A_loss_that_changes_between_calls_is_named()
    {
        int calls = 0;
        var random = new Random(1);
        Func<VarVector, Var>[] losses =
        [
            x => (1 + 1e-9 * ++calls) * x[0] * x[0],
            x => (1 + random.NextDouble()) * x[0] * x[0],
            x => (++calls / 5 % 2 + 1) * x[0] * x[0],
        ];
        foreach (Func<VarVector, Var> loss in losses)
        {
            HvpComparison c = HvpComparison.Run(Objective.Of(loss), One, One);
            c.Findings.HasFlag(HvpFindings.NotDeterministic).ShouldBeTrue(c.ToString());
            c.Verdict.ShouldBe(HvpVerdict.Inconclusive);
        }
    }

    [Fact]
    public void A_kink_at_the_point_is_named()
    {
        Func<VarVector, Var>[] losses =
        [
            x => Math.Abs(x[0]),
            x => Math.Abs(x[0]) + x[0] * x[0] / 2,
            x => Math.Max(x[0], 0) + Math.Exp(x[0]),
            x => x[0] * Math.Abs(x[0]),
            x => x[0] * Math.Abs(x[0]) + Math.Exp(x[0]),
        ];
        foreach (Func<VarVector, Var> loss in losses)
        {
            HvpComparison c = HvpComparison.Run(Objective.Of(loss), [0.0], One);
            c.Findings.HasFlag(HvpFindings.KinkInsideStep).ShouldBeTrue(c.ToString());
            c.Verdict.ShouldBe(HvpVerdict.Inconclusive, c.ToString());
        }
    }

    [Theory]
    [InlineData(1e-1, true)]
    [InlineData(1e-3, true)]
    [InlineData(1e-5, true)]
    [InlineData(1e-9, false)]
    [InlineData(1e-12, false)]
    [InlineData(1e-15, false)]
    public void A_kink_nearby_is_avoided_and_named(double distance, bool isFarEnough)
    {
        Func<VarVector, Var>[] losses = [x => Math.Abs(x[0]) + Math.Exp(x[0]), x => x[0] * Math.Abs(x[0]) + Math.Exp(x[0])];
        foreach (Func<VarVector, Var> loss in losses)
        {
            HvpComparison c = HvpComparison.Run(Objective.Of(loss), [distance], One);
            c.Verdict.ShouldBe(isFarEnough ? HvpVerdict.Agree : HvpVerdict.Inconclusive, c.ToString());
            c.Findings.HasFlag(HvpFindings.KinkInsideStep).ShouldBeTrue();
            c.Kinks.ShouldHaveSingleItem().Operation.ShouldBe("Abs");
        }
    }

    [Fact]
    public void Kinks_at_any_distance_are_neither_called_faults_nor_hide_them()
    {
        var random = new AutoDiff.Problems.SplitMix64(11);
        for (int trial = 0; trial < 400; trial++)
        {
            double distance = Math.Pow(10, -17 * random.NextUnit()), size = Math.Pow(10, 6 * random.NextUnit() - 4),
                w = random.NextSigned(), at = random.NextSigned();
            int kind = trial % 3;
            Objective f = Objective.Of(x =>
            {
                Var s = w * (x[0] - at) + distance, hinge = Math.Max(s, 0);
                return Math.Exp(x[0]) + x[1] * x[1] * x[0]
                    + size * (kind == 0 ? Math.Abs(s) : kind == 1 ? hinge * hinge : hinge * Math.Sin(x[1]));
            });
            double[] x = [at, random.NextSigned()], v = [random.NextSigned(), random.NextSigned()];
            HvpComparison c = HvpComparison.Run(f, x, v);
            c.Verdict.ShouldNotBe(HvpVerdict.Disagree, c.ToString());
            c = HvpComparison.Run(f, x, v, w => Array.ConvertAll(f.Hvp(x, w), t => t * (1 + 1e-6)));
            c.Verdict.ShouldNotBe(HvpVerdict.Agree, c.ToString());
        }
    }

    [Fact]
    public void A_product_of_the_size_of_round_off_is_not_confirmed()
    {
        // log(eˣ) has curvature zero in exact arithmetic; 1e-18 cannot be told from it.
        HvpComparison c = HvpComparison.Run(Objective.Of(x => Math.Log(Math.Exp(x[0]))), [0.3], One, v => [1e-18 * v[0]]);
        c.Verdict.ShouldBe(HvpVerdict.Inconclusive, c.ToString());
    }

    public static TheoryData<int> Escapes => [.. Enumerable.Range(0, s_escapes.Length)];

    private static readonly Func<VarVector, Var>[] s_escapes =
    [
        x => x[0] * x[0].Value,
        x => x[0].Value * x[1].Value,
        x => x[0] * Math.Exp(x[1].Value) + x[1] * x[1],
        x => x[0] * x[1] + x[0].Value * x[1],
        x => Math.Sin(x[0].Value) + x[1],
        x => new[] { x[0], x[1] }.Sum(t => t.Value * t.Value),
        x => Math.Pow(x[0], 2) * (1 + x[0].Value),
        x => x[0] / (1 + x[1].Value * x[1].Value),
        x => { Var s = 0; for (int k = 0; k < 3; k++) s += Math.Pow(x[0].Value, k) * x[1]; return s; },
        x => Math.Log(1 + x[0].Value) * x[0],
        x => x.Sum() * x.ToValues()[0],
        x => { double m = x[0].Value + x[1].Value; return (x[0] - m) * (x[0] - m); },
    ];

    [Theory, MemberData(nameof(Escapes))]
    public void A_value_that_escapes_is_named_and_what_it_loses_disagrees(int program)
    {
        HvpComparison c = HvpComparison.Run(Objective.Of(s_escapes[program]), [1.3, 0.7], [1.0, 0.5]);
        c.Findings.HasFlag(HvpFindings.ValueEscaped).ShouldBeTrue(c.ToString());
        c.Verdict.ShouldBe(HvpVerdict.Disagree, c.ToString());
        c.Reason.ShouldContain("read");
    }

    [Fact]
    public void A_value_that_is_only_looked_at_does_no_harm()
    {
        double seen = 0;
        HvpComparison c = HvpComparison.Run(Objective.Of(x => { seen = x[0].Value; return Math.Exp(x[0]); }), One, One);
        c.Findings.ShouldBe(HvpFindings.ValueEscaped);
        c.Verdict.ShouldBe(HvpVerdict.Agree);
        seen.ShouldBe(1);
    }

    [Fact]
    public void What_is_not_finite_is_reported_and_not_thrown()
    {
        foreach ((Objective f, double[] x, double[] v) in ((Objective, double[], double[])[])
        [
            (Objective.Of(x => Math.Log(x[0])), [-1], One),
            (Objective.Of(x => Math.Log(x[0])), [0], One),
            (Objective.Of(x => Math.Exp(x[0])), [double.NaN], One),
            (Objective.Of(x => Math.Exp(x[0])), One, [double.PositiveInfinity]),
        ])
        {
            HvpComparison c = HvpComparison.Run(f, x, v);
            c.Findings.HasFlag(HvpFindings.NonFinite).ShouldBeTrue(c.ToString());
            c.Verdict.ShouldBe(HvpVerdict.Inconclusive);
            c.ToString().ShouldContain("Inconclusive");
        }
    }

    [Fact]
    public void Steps_outside_the_domain_are_left_out()
    {
        HvpComparison c = HvpComparison.Run(Objective.Of(x => x[0] * Math.Log(x[0])), [1e-3], One);
        c.Findings.ShouldBe(HvpFindings.LeftDomain);
        c.Verdict.ShouldBe(HvpVerdict.Agree, c.ToString());

        Objective refusing = Objective.Of(x => x[0] < 0 ? throw new ArgumentOutOfRangeException(nameof(x)) : x[0] * x[0] * x[0]);
        HvpComparison.Run(refusing, One, One).Verdict.ShouldBe(HvpVerdict.Agree);
        Objective failing = Objective.Of(x => x[0] < 0 ? throw new InvalidOperationException("Mine.") : x[0] * x[0] * x[0]);
        Should.Throw<InvalidOperationException>(() => HvpComparison.Run(failing, One, One)).Message.ShouldBe("Mine.");
    }

    [Fact]
    public void A_direction_of_zero_gives_zero()
    {
        HvpComparison c = HvpComparison.Run(Objective.Of(x => Math.Exp(x[0])), One, [0.0]);
        c.Verdict.ShouldBe(HvpVerdict.Agree);
        c.Approximate.ShouldBe([0.0]);
        HvpComparison wrong = HvpComparison.Run(Objective.Of(x => Math.Exp(x[0])), One, [0.0], _ => [1e-300]);
        wrong.Verdict.ShouldBe(HvpVerdict.Disagree);
        HvpComparison.Run(Objective.Of(_ => 3.0), [], []).Verdict.ShouldBe(HvpVerdict.Agree);
    }

    [Fact]
    public void Linear_and_flat_functions_agree_with_zero_only()
    {
        foreach (Objective f in (Objective[])
        [
            Objective.Of(x => 3.3 * x[0] - 7 * x[1] + 1),
            Objective.Of(_ => 42.0),
        ])
        {
            HvpComparison.Run(f, [1.3, -2.7], [0.3, 0.9]).Verdict.ShouldBe(HvpVerdict.Agree);
            HvpComparison.Run(f, [1.3, -2.7], [0.3, 0.9], _ => [1e-6, 0]).Verdict.ShouldBe(HvpVerdict.Disagree);
        }
        Objective quartic = Objective.Of(x => x[0] * x[0] * x[0] * x[0]);
        HvpComparison.Run(quartic, [0.0], One).Verdict.ShouldBe(HvpVerdict.Agree);
        HvpComparison.Run(quartic, [0.0], One, _ => [1e-6]).Verdict.ShouldNotBe(HvpVerdict.Agree);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-8)]
    [InlineData(1e8)]
    [InlineData(1e300)]
    public void Scales_of_function_point_and_direction_do_not_matter(double scale)
    {
        HvpComparison c = HvpComparison.Run(Objective.Of(x => Math.Exp(x[0]) * Math.Sin(x[1])), [0.3, 0.7], [scale, -0.5 * scale]);
        c.Verdict.ShouldBe(HvpVerdict.Agree, c.ToString());
        double small = Math.Sqrt(scale);
        c = HvpComparison.Run(Objective.Of(x => Math.Exp(x[0] / small) + x[1] * x[1] / scale), [0.3 * small, 0.7 * small], [0.5, -0.5]);
        c.Verdict.ShouldBe(HvpVerdict.Agree, c.ToString());
        c = HvpComparison.Run(Objective.Of(x => 1e-3 * scale * (Math.Sin(x[0]) + x[0] * x[1] * x[1])), [0.3, 0.7], [1, -0.5]);
        c.Verdict.ShouldBe(HvpVerdict.Agree, c.ToString());
    }

    [Fact]
    public void A_function_that_varies_at_the_resolution_of_x_is_not_judged()
    {
        foreach (double rate in (double[])[1e12, 1e13, 1e14, 1e15, 1e16])
            HvpComparison.Run(Objective.Of(x => Math.Sin(rate * x[0])), [0.7], One).Verdict.ShouldBe(HvpVerdict.Inconclusive);
    }

    [Fact]
    public void Misuse_is_refused_and_cancellation_heard()
    {
        Objective f = Objective.Of(x => x.Dot(x));
        Should.Throw<ShapeMismatchException>(() => HvpComparison.Run(f, [1.0, 2.0], One));
        Should.Throw<ShapeMismatchException>(() => HvpComparison.Run(f, One, One, _ => [1, 2]));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => HvpComparison.Run(f, One, One, cancellationToken: cancelled.Token));
    }

    [Fact]
    public void Progress_rises_to_one()
    {
        var seen = new Fractions();
        HvpComparison.Run(Objective.Of(x => x.Dot(x)), One, One, progress: seen);
        seen.ShouldBeInOrder();
        seen[^1].ShouldBe(1);
        seen.Count.ShouldBeGreaterThan(40);
    }

    private sealed class Fractions : List<double>, IProgress<double>
    {
        public void Report(double value) => Add(value);
    }

    [Fact]
    public void Exact_products_of_the_engine_agree_along_the_gradient()
    {
        Objective f = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i + 1 < x.Length; i++)
                sum += 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Pow(1 - x[i], 2);
            return sum + Math.LogAddExp(x[0], x[1]);
        });
        double[] x = ComparisonCase.Uniform(12, 9, 2);
        HvpComparison c = HvpComparison.Run(f, x, f.Gradient(x));
        c.Verdict.ShouldBe(HvpVerdict.Agree, c.ToString());
        c.Findings.ShouldBe(HvpFindings.None);
        c.Symmetry.ShouldBeLessThan(1e-13);
        c.TaylorSlope.ShouldBeInRange(2.8, 4.2);
    }

    [Fact]
    public void Reasons_print_no_infinities_where_product_and_differences_are_zero()
    {
        HvpComparison c = HvpComparison.Run(Objective.Of(x => Math.Pow(x[0] - x[1], 3)), [1.0, 1.0], [1.0, 0.0]);
        c.Exact.ShouldBe([0.0, 0.0]);
        c.Verdict.ShouldNotBe(HvpVerdict.Disagree, c.ToString());
        c.Reason.ShouldContain("zero");
        c.Reason.ShouldNotContain("Infinity");
    }

    [Fact]
    public void What_is_not_finite_is_left_to_FindNonFinite() =>
        HvpComparison.Run(Objective.Of(x => Math.Log(x[0])), [-1.0], One).Reason.ShouldContain(nameof(Objective.FindNonFinite));
}
