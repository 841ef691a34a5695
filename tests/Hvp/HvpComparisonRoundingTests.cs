using AutoDiff.Hvp;

namespace AutoDiff.Tests.Hvp;

/// <summary>
/// Functions that are badly rounded as they are written: the rounding of f is never called a wrong product, and no wrong product a right
/// one. The right products are Taylor series and closed forms.
/// </summary>
public class HvpComparisonRoundingTests
{
    private static readonly double[] s_scales = [1e-10, 1, 1e10];

    private sealed record Rounded(string Name, Func<VarVector, Var> F, double X, double Curvature)
    {
        public override string ToString() => $"{Name} at {X}";
    }

    private static double Factorial(int n) => Enumerable.Range(1, n).Aggregate(1.0, (product, k) => product * k);

    private static double Binomial(double a, int k) => Enumerable.Range(0, k).Aggregate(1.0, (product, i) => product * (a - i) / (i + 1));

    private static double Alternating(int k) => k % 2 == 0 ? 1 : -1;

    // Σ cₖxᵏ, differentiated twice.
    private static double Curvature(Func<int, double> c, double x) =>
        Enumerable.Range(2, 58).Reverse().Sum(k => k * (k - 1) * c(k) * Math.Pow(x, k - 2));

    private static IEnumerable<Rounded> Quotients()
    {
        foreach (double s in s_scales)
        {
            foreach (double x in (double[])[0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-8])
            {
                double cosine = Curvature(k => k % 2 == 0 ? Alternating(k / 2) / Factorial(k + 2) : 0, x);
                yield return new($"{s}(1 − cos x)/x²", v => s * (1 - Math.Cos(v[0])) / (v[0] * v[0]), x, s * cosine);
                yield return new($"(1 − cos z)/z², z = x/{s}", v => (1 - Math.Cos(v[0] / s)) / (v[0] / s * (v[0] / s)), x * s,
                    cosine / s / s);
                yield return new($"{s}(eˣ − 1 − x)/x²", v => s * (Math.Exp(v[0]) - 1 - v[0]) / (v[0] * v[0]), x,
                    s * Curvature(k => 1 / Factorial(k + 2), x));
                yield return new($"{s}(eˣ − 1)/x", v => s * (Math.Exp(v[0]) - 1) / v[0], x, s * Curvature(k => 1 / Factorial(k + 1), x));
                yield return new($"{s} log(1 + x)/x", v => s * Math.Log(1 + v[0]) / v[0], x,
                    s * Curvature(k => Alternating(k) / (k + 1), x));
                yield return new($"{s}(√(1 + x) − 1)/x", v => s * (Math.Sqrt(1 + v[0]) - 1) / v[0], x,
                    s * Curvature(k => Binomial(0.5, k + 1), x));
                yield return new($"{s} sin x/x", v => s * Math.Sin(v[0]) / v[0], x,
                    s * Curvature(k => k % 2 == 0 ? Alternating(k / 2) / Factorial(k + 1) : 0, x));
                yield return new($"{s}(x − sin x)/x³", v => s * (v[0] - Math.Sin(v[0])) / (v[0] * v[0] * v[0]), x,
                    s * Curvature(k => k % 2 == 0 ? Alternating(k / 2) / Factorial(k + 3) : 0, x));
            }
        }
    }

    private static IEnumerable<Rounded> Cancellations()
    {
        foreach (double large in (double[])[1e6, 1e8, 1e10, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17])
        {
            foreach (double x in (double[])[1, 0.7, 1e-3, 1e3, 0])
            {
                Var Lost(Var t) => (t + large) - large;
                yield return new($"¼x² + ¼z², z = (x + {large}) − {large}", v => 0.25 * v[0] * v[0] + 0.25 * Lost(v[0]) * Lost(v[0]), x, 1);
                yield return new($"½z², z = (x + {large}) − {large}", v => 0.5 * Lost(v[0]) * Lost(v[0]), x, 1);
                yield return new($"(½x² + {large}) − {large}", v => Lost(0.5 * v[0] * v[0]), x, 1);
                yield return new($"exp(1e-3 z) + sin x, z = (x + {large}) − {large}", v => Math.Exp(1e-3 * Lost(v[0])) + Math.Sin(v[0]), x,
                    1e-6 * Math.Exp(1e-3 * x) - Math.Sin(x));
                yield return new($"½((x + {large})² − …)", v => 0.5 * ((v[0] + large) * (v[0] + large) - large * large - 2 * large * v[0]),
                    x, 1);
            }
        }
    }

    private static IEnumerable<Rounded> Expansions()
    {
        foreach (int degree in (int[])[3, 5, 7, 9, 12])
        {
            foreach (double x in (double[])[1.0001, 1.001, 1.01, 1.1, 2])
            {
                yield return new($"(x − 1)^{degree}, multiplied out", v =>
                {
                    Var sum = 0;
                    for (int k = 0; k <= degree; k++)
                        sum += Alternating(degree - k) * Binomial(degree, k) * Math.Pow(v[0], k);
                    return sum;
                }, x, degree * (degree - 1) * Math.Pow(x - 1, degree - 2));
            }
        }
    }

    public static TheoryData<string> Families => ["quotients", "cancellations", "expansions"];

    private static IEnumerable<Rounded> Cases(string family) => family switch
    {
        "quotients" => Quotients(),
        "cancellations" => Cancellations(),
        _ => Expansions(),
    };

    private static HvpComparison Compare(Rounded one, double product) =>
        HvpComparison.Run(Objective.Of(one.F), [one.X], [1.0], v => [product * v[0]]);

    [Fact]
    public void One_minus_cosine_over_x_squared_is_not_judged_and_why_is_said()
    {
        HvpComparison c = HvpComparison.Run(Objective.Of(x => (1 - Math.Cos(x[0])) / (x[0] * x[0])), [1e-3], [1.0]);
        c.Verdict.ShouldBe(HvpVerdict.Inconclusive, c.ToString());
        c.Reason.ShouldContain("badly rounded");
        c.Findings.ShouldBe(HvpFindings.None);
    }

    [Theory, MemberData(nameof(Families))]
    public void Neither_the_engines_product_nor_the_true_one_is_called_wrong(string family)
    {
        int agreed = 0, all = 0;
        foreach (Rounded one in Cases(family))
        {
            double engine = Objective.Of(one.F).Hvp([one.X], [1.0])[0];
            foreach (double product in (double[])[engine, one.Curvature])
            {
                HvpComparison c = Compare(one, product);
                c.Verdict.ShouldNotBe(HvpVerdict.Disagree, $"{one}: {c}");
                agreed += c.Verdict == HvpVerdict.Agree ? 1 : 0;
                all++;
            }
        }
        ((double)agreed / all).ShouldBeGreaterThan(family == "cancellations" ? 0.4 : 0.2);
    }

    [Theory, MemberData(nameof(Families))]
    public void Wrong_products_are_not_called_right_and_called_wrong_where_the_floor_allows(string family)
    {
        int found = 0, all = 0;
        foreach (Rounded one in Cases(family))
        {
            foreach (double factor in (double[])[-1, 0, 0.5, 2, 1.001])
            {
                HvpComparison c = Compare(one, factor * one.Curvature);
                if (one.Curvature == 0)
                    continue;
                c.Verdict.ShouldNotBe(HvpVerdict.Agree, $"{one}, × {factor}: {c}");
                if (factor != 0 && c.Floor < Math.Abs(factor - 1) / (20 * Math.Max(1, Math.Abs(factor))))
                    c.Verdict.ShouldBe(HvpVerdict.Disagree, $"{one}, × {factor}: {c}");
                found += c.Verdict == HvpVerdict.Disagree ? 1 : 0;
                all++;
            }
        }
        ((double)found / all).ShouldBeGreaterThan(family == "cancellations" ? 0.7 : 0.4);
    }

    [Fact]
    public void What_small_steps_agree_on_is_not_believed_below_the_rounding_of_the_gradient()
    {
        // Steps below 1.5e-8 see the slope ½ of x/2 alone, to sixteen digits; from there on it is 1.
        Objective f = Objective.Of(x =>
        {
            Var z = (x[0] + 1e8) - 1e8;
            return 0.25 * x[0] * x[0] + 0.25 * z * z;
        });
        HvpComparison right = HvpComparison.Run(f, [0.7], [1.0]), half = HvpComparison.Run(f, [0.7], [1.0], v => [0.5 * v[0]]);
        right.Verdict.ShouldNotBe(HvpVerdict.Disagree, right.ToString());
        right.Approximate[0].ShouldBe(1, 1e-6);
        half.Verdict.ShouldBe(HvpVerdict.Disagree, half.ToString());
    }

    [Fact]
    public void Rounding_in_one_variable_does_not_hide_a_fault_in_another()
    {
        Objective f = Objective.Of(x => (1 - Math.Cos(x[0])) / (x[0] * x[0]) + Math.Exp(x[1]) * x[2]);
        double[] x = [1e-2, 0.3, 0.7], v = [0.4, 1.3, -0.8];
        HvpComparison.Run(f, x, v).Verdict.ShouldNotBe(HvpVerdict.Disagree);
        for (int i = 1; i < 3; i++)
        {
            foreach (double fault in (double[])[-2, -1, 1e-2, 1e-4])
            {
                HvpComparison c = HvpComparison.Run(f, x, v, w =>
                {
                    double[] product = f.Hvp(x, w);
                    product[i] *= 1 + fault;
                    return product;
                });
                c.Verdict.ShouldBe(HvpVerdict.Disagree, c.ToString());
            }
        }
    }

    /// <summary>cos and its derivatives, the first rounded to single precision on the way.</summary>
    private sealed class SinglePrecision : ArrayFunction, INumericJvp, INumericVjp, INumericVjpTangent
    {
        public override int OutputLength(int inputLength) => inputLength;

        public override void Value(ReadOnlySpan<double> x, Span<double> y)
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = Math.Cos(x[i]);
        }

        public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> xDot, Span<double> yDot)
        {
            for (int i = 0; i < x.Length; i++)
                yDot[i] = -Math.Sin(x[i]) * xDot[i];
        }

        public void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar, Span<double> xBar)
        {
            for (int i = 0; i < x.Length; i++)
                xBar[i] += (float)-Math.Sin(x[i]) * yBar[i];
        }

        public void VjpTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar,
            ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot)
        {
            for (int i = 0; i < x.Length; i++)
                xBarDot[i] += -Math.Cos(x[i]) * xDot[i] * yBar[i] - Math.Sin(x[i]) * yBarDot[i];
        }
    }

    [Fact]
    public void Rounding_inside_a_function_of_the_users_own_is_seen_as_jumps()
    {
        SinglePrecision function = new();
        Objective f = Objective.Of(x => function.Apply(x).Sum());
        for (ulong seed = 1; seed <= 20; seed++)
        {
            double[] x = ComparisonCase.Uniform(3, seed, 2), v = ComparisonCase.Uniform(3, seed + 50);
            HvpComparison c = HvpComparison.Run(f, x, v);
            c.Verdict.ShouldNotBe(HvpVerdict.Disagree, c.ToString());
        }
    }

    [Fact]
    public void Compiled_objectives_and_sums_over_rows_are_judged_alike()
    {
        double[,] rows = { { 1e-3 }, { 2e-3 }, { -1.5e-3 } };
        static Var Term(Var t) => (1 - Math.Cos(t)) / (t * t);
        foreach (Objective f in (Objective[])
        [
            Objective.Sum(rows, (x, row) => Term(x[0] * row[0])),
            Objective.Of(x => Term(x[0] * 1e-3)).Compile([1.0]),
            Objective.Of(x => Term(x[0] * 1e-3)).Reusing(),
        ])
        {
            HvpComparison c = HvpComparison.Run(f, [1.0], [1.0]);
            c.Verdict.ShouldBe(HvpVerdict.Inconclusive, c.ToString());
            c.Reason.ShouldContain("badly rounded");
        }
    }

    /// <summary>The mean of max(0, 1 − (1 + zₖ)x), of which nothing is known to the engine.</summary>
    private sealed class HiddenPut(double[] z) : ArrayFunction, INumericJvp, INumericVjp, INumericVjpTangent
    {
        public override int OutputLength(int inputLength) => 1;

        public override void Value(ReadOnlySpan<double> x, Span<double> y)
        {
            foreach (double shock in z)
                y[0] += Math.Max(0, 1 - (1 + shock) * x[0]) / z.Length;
        }

        private double Slope(double x) => z.Sum(shock => 1 - (1 + shock) * x > 0 ? -(1 + shock) / z.Length : 0);

        public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> xDot, Span<double> yDot) =>
            yDot[0] = Slope(x[0]) * xDot[0];

        public void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar, Span<double> xBar) =>
            xBar[0] += Slope(x[0]) * yBar[0];

        public void VjpTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> yBar,
            ReadOnlySpan<double> xDot, ReadOnlySpan<double> yDot, ReadOnlySpan<double> yBarDot, Span<double> xBarDot) =>
            xBarDot[0] += Slope(x[0]) * yBarDot[0];
    }

    [Theory]
    [InlineData(10), InlineData(100), InlineData(1000)]
    public void Kinks_that_the_engine_cannot_know_of_make_no_product_wrong(int paths)
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            HiddenPut put = new(ComparisonCase.Uniform(paths, seed, 0.5));
            Objective f = Objective.Of(x => put.Apply(x)[0] * Math.Exp(x[0]));
            HvpComparison c = HvpComparison.Run(f, [1.0], [1.0]);
            c.Verdict.ShouldNotBe(HvpVerdict.Disagree, $"seed {seed}: {c}");
        }
    }

    [Theory]
    [InlineData(1e-3), InlineData(1e-6), InlineData(1e-9)]
    public void Tables_are_not_called_wrong(double cell)
    {
        double[] table = [.. Enumerable.Range(0, 1002).Select(k => Math.Sin(1e-3 * k))];
        Func<VarVector, Var>[] losses =
        [
            v => Math.Floor(v[0] / cell) * cell * v[0] + 0.5 * v[0] * v[0],
            v => Math.Sin(Math.Floor(v[0] / cell) * cell) + 0.5 * v[0] * v[0],
            v =>
            {
                Var at = Math.Floor(v[0] / cell), part = v[0] / cell - at, left = Math.Sin(at * cell), right = Math.Sin((at + 1) * cell);
                return left + (right - left) * part + 0.5 * v[0] * v[0];
            },
            v =>
            {
                int at = (int)Math.Clamp(Math.Floor(v[0].Value * 1000), 0, 1000);
                return (table[at] + (table[at + 1] - table[at]) * (v[0] * 1000 - at)) + 0.5 * v[0] * v[0];
            },
        ];
        foreach (Func<VarVector, Var> loss in losses)
        {
            foreach (double x in (double[])[0.7123456, 0.7, 1e-3, 0.99])
            {
                HvpComparison c = HvpComparison.Run(Objective.Of(loss), [x], [1.0]);
                c.Verdict.ShouldNotBe(HvpVerdict.Disagree, c.ToString());
            }
        }
    }

    [Fact]
    public void Kinks_that_some_steps_cross_are_named_where_the_product_is_confirmed_too()
    {
        Objective f = Objective.Of(x => Math.Relu(x[0] - 0.1) + Math.Exp(x[0]) * x[1] * x[1]);
        HvpComparison c = HvpComparison.Run(f, [0.0, 0.5], [1.0, 0.3]);
        c.Verdict.ShouldBe(HvpVerdict.Agree, c.ToString());
        c.Findings.ShouldBe(HvpFindings.KinkInsideStep);
        c.Kinks.ShouldHaveSingleItem().Operation.ShouldBe("Relu");
        c.KinkStep.ShouldBeInRange(0.1, 0.3);
        c.Reason.ShouldContain("Relu");
    }

    [Fact]
    public void A_lambda_that_chooses_nothing_is_run_once_for_its_kinks()
    {
        int calls = 0;
        Objective f = Objective.Of(x =>
        {
            calls++;
            return Math.Exp(x[0]) * Math.Sin(x[1]);
        });
        HvpComparison c = HvpComparison.Run(f, [0.3, 0.7], [1.0, 0.3]);
        c.Verdict.ShouldBe(HvpVerdict.Agree);
        (calls - c.GradientEvaluations).ShouldBeLessThan(10);
    }
}
