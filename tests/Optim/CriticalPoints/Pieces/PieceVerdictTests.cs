using AutoDiff.Optim;

namespace AutoDiff.Tests.Optim.CriticalPoints.Pieces;

/// <summary>Points where pieces of f meet, whose kind is known by hand.</summary>
public class PieceVerdictTests
{
    private static readonly Dictionary<string, (Func<VarVector, Var> F, double[] X, CriticalPointKind Kind)> s_cases = new()
    {
        ["a network with a dead unit"] =
            (v => Math.Square(v[1] * Math.Relu(v[0]) - 1) + 0.01 * (v[0] * v[0] + v[1] * v[1]), [0, 0], CriticalPointKind.Saddle),
        ["x² + y² − 10|xy|"] = (v => v[0] * v[0] + v[1] * v[1] - 10 * Math.Abs(v[0] * v[1]), [0, 0], CriticalPointKind.Saddle),
        ["x² + y² − 1.9|xy|"] = (v => v[0] * v[0] + v[1] * v[1] - 1.9 * Math.Abs(v[0] * v[1]), [0, 0], CriticalPointKind.Minimum),
        ["x² + y² + 10|xy|"] = (v => v[0] * v[0] + v[1] * v[1] + 10 * Math.Abs(v[0] * v[1]), [0, 0], CriticalPointKind.Minimum),
        ["x² + y² − 3relu(x)²"] = (v => v[0] * v[0] + v[1] * v[1] - 3 * Math.Square(Math.Relu(v[0])), [0, 0], CriticalPointKind.Saddle),
        ["−x² + 5relu(x)² + 5relu(−x)²"] =
            (v => -v[0] * v[0] + 5 * Math.Square(Math.Relu(v[0])) + 5 * Math.Square(Math.Relu(-v[0])), [0], CriticalPointKind.Minimum),
        ["½x² − |x|² + y²"] = (v => 0.5 * v[0] * v[0] - Math.Square(Math.Abs(v[0])) + v[1] * v[1], [0, 0], CriticalPointKind.Saddle),
        ["x == 0 ? x² : −x²"] = (v => (v[0] == 0 ? v[0] * v[0] : -v[0] * v[0]) + v[1] * v[1], [0, 0], CriticalPointKind.Saddle),
        ["x > 0 ? −x² : x²"] = (v => (v[0] > 0 ? -v[0] * v[0] : v[0] * v[0]) + v[1] * v[1], [0, 0], CriticalPointKind.Saddle),
        ["x > 0 ? −x² : x² from beside"] =
            (v => (v[0] > 0 ? -v[0] * v[0] : v[0] * v[0]) + v[1] * v[1], [-1e-9, 1e-10], CriticalPointKind.Saddle),
        ["x > 0 ? 3x² : x²"] = (v => (v[0] > 0 ? 3 * v[0] * v[0] : v[0] * v[0]) + v[1] * v[1], [0, 0], CriticalPointKind.Minimum),
        ["|y − x²| − ½x²"] = (v => Math.Abs(v[1] - v[0] * v[0]) - 0.5 * v[0] * v[0], [0, 0], CriticalPointKind.Saddle),
        ["|y − x²| + ½x²"] = (v => Math.Abs(v[1] - v[0] * v[0]) + 0.5 * v[0] * v[0], [0, 0], CriticalPointKind.Minimum),
        ["max(y + 2x², −y − x²)"] = (v => Math.Max(v[1] + 2 * v[0] * v[0], -v[1] - v[0] * v[0]), [0, 0], CriticalPointKind.Minimum),
        ["x² + y² − 3relu(min(x, −x))"] =
            (v => v[0] * v[0] + v[1] * v[1] - 3 * Math.Relu(Math.Min(v[0], -v[0])), [0, 0], CriticalPointKind.Minimum),
        ["relu(x) − relu(−x) + x²"] = (v => Math.Relu(v[0]) - Math.Relu(-v[0]) + v[0] * v[0], [0], CriticalPointKind.NotCritical),
        ["between two parabolas, steep"] =
            (v => v[0] * v[0] + v[1] * v[1] - 5 * Math.Relu(Math.Min(v[1] - v[0] * v[0], 2 * v[0] * v[0] - v[1])), [0, 0],
                CriticalPointKind.Saddle),
        ["between two parabolas, flat"] =
            (v => v[0] * v[0] + v[1] * v[1] - Math.Relu(Math.Min(v[1] - v[0] * v[0], 2 * v[0] * v[0] - v[1])), [0, 0],
                CriticalPointKind.Minimum),
        ["x² − |x|"] = (v => v[0] * v[0] - Math.Abs(v[0]), [0], CriticalPointKind.Maximum),
        ["−x² + 3|x|"] = (v => 3 * Math.Abs(v[0]) - v[0] * v[0], [0], CriticalPointKind.Minimum),
        ["||x| − |y|| + 0.1x²"] = (v => Math.Abs(Math.Abs(v[0]) - Math.Abs(v[1])) + 0.1 * v[0] * v[0], [0, 0], CriticalPointKind.Minimum),
        ["||x| − |y|| − 0.1x²"] = (v => Math.Abs(Math.Abs(v[0]) - Math.Abs(v[1])) - 0.1 * v[0] * v[0], [0, 0], CriticalPointKind.Saddle),
        ["||x| − |y||"] = (v => Math.Abs(Math.Abs(v[0]) - Math.Abs(v[1])), [0, 0], CriticalPointKind.Undecided),
        ["largest of three planes"] = (v => Math.Max(Math.Max(v[0], v[1]), -v[0] - v[1]), [0, 0], CriticalPointKind.Minimum),
        ["spread of three + squares"] = (v => v.Max() - v.Min() + v.SquaredNorm(), [0, 0, 0], CriticalPointKind.Minimum),
        ["largest element + squares"] = (v => v.Max() + v.SquaredNorm(), [0, 0, 0], CriticalPointKind.NotCritical),
        ["lasso, a multiplier at its limit"] = (v => Math.Abs(v).Sum() - v[0] + v.SquaredNorm(), [0, 0, 0], CriticalPointKind.Minimum),
        ["−1.5|x| form on an orthant"] = (v => Form(v, -1.5), [0, 0, 0], CriticalPointKind.Minimum),
        ["−3|x| form on an orthant"] = (v => Form(v, -3), [0, 0, 0], CriticalPointKind.Saddle),
        ["|x − 1| from beside"] = (v => Math.Abs(v[0] - 1) + v[1] * v[1], [1 + 1e-9, 1e-12], CriticalPointKind.Minimum),
        ["|x − 1| from far"] = (v => Math.Abs(v[0] - 1) + v[1] * v[1], [1.001, 0], CriticalPointKind.NotCritical),
        ["a jump up"] = (v => v[0] > 0 ? v[0] * v[0] + 1 : v[0] * v[0], [0], CriticalPointKind.Undecided),
        ["floor"] = (v => Math.Square(v[0]) + Math.Floor(v[0]), [0], CriticalPointKind.Undecided),
        ["a norm"] = (v => v.Norm() + v.SquaredNorm(), [0, 0], CriticalPointKind.Undecided),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    // With b = c = t it is 1 + 5t² + 2wt at a = 1: negative somewhere if w² > 5.
    private static Var Form(VarVector v, double w)
    {
        Var a = Math.Abs(v[0]), b = Math.Abs(v[1]), c = Math.Abs(v[2]);
        return a * a + b * b + c * c + w * a * b + 3 * b * c + w * a * c;
    }

    [Theory, MemberData(nameof(Names))]
    public void The_kind_is_known(string name)
    {
        (Func<VarVector, Var> f, double[] x, CriticalPointKind kind) = s_cases[name];
        for (ulong seed = 1; seed <= 3; seed++)
        {
            CriticalPoint point = CriticalPoint.Classify(Objective.Of(f), x, seed: seed);
            point.Kind.ShouldBe(kind, point.ToString());
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Powers_of_two_times_f_have_the_same_kind(string name)
    {
        (Func<VarVector, Var> f, double[] x, CriticalPointKind kind) = s_cases[name];
        if (kind is CriticalPointKind.NotCritical || x[0] != 0)
            return;
        foreach (int k in (int[])[-60, -20, 20, 60])
        {
            CriticalPoint point = CriticalPoint.Classify(Objective.Of(v => Math.ScaleB(1, k) * f(v)), x);
            point.Kind.ShouldBe(kind, $"2^{k}: {point}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void In_other_units_and_rotated_the_kind_is_not_another(string name)
    {
        (Func<VarVector, Var> f, double[] x, CriticalPointKind kind) = s_cases[name];
        // An orthogonal change of variables is no other max or min of elements; equality holds on a set that rounding misses.
        if (x[0] != 0 || name.Contains("==") || kind is CriticalPointKind.NotCritical)
            return;
        int n = x.Length;
        for (int k = -20; k <= 20; k += 8)
        {
            (Objective rotated, double[] origin) = Rotation.Of(n, y => f(VarVector.Of(y) * Math.ScaleB(1, k)), 7, k % 16 == 0 ? 0 : 1);
            CriticalPoint point = CriticalPoint.Classify(rotated, origin);
            if (point.Kind is not (CriticalPointKind.Undecided or CriticalPointKind.NotCritical))
                point.Kind.ShouldBe(kind, $"2^{k}: {point}");
        }
    }

    [Fact]
    public void What_cannot_be_told_names_the_kinks()
    {
        CriticalPoint point = CriticalPoint.Classify(Objective.Of(v => Math.Floor(v[0]) + v[0] * v[0]), [0]);
        point.Kind.ShouldBe(CriticalPointKind.Undecided);
        point.Evidence.ShouldContain("Floor");
    }

    [Fact]
    public void A_value_that_escaped_leaves_nothing_proven()
    {
        CriticalPoint point = CriticalPoint.Classify(Objective.Of(v => v[0] * v[0] + 0 * v[0].Value), [0]);
        point.Proof.ShouldNotBe(CriticalPointProof.Proven, point.ToString());
        point.Kind.ShouldBe(CriticalPointKind.Minimum);
    }

    [Fact]
    public void Bounds_are_sides_too()
    {
        Bounds box = new([0, -1], [1, 1]);
        Kind(v => Math.Abs(v[0]) + Math.Abs(v[1]) - v[1] * v[1]).ShouldBe(CriticalPointKind.Minimum);
        Kind(v => v[0] - v[0] * v[0] + Math.Abs(v[1])).ShouldBe(CriticalPointKind.Minimum);
        Kind(v => 0.1 * v[0] + 0.2 * v[0] - 0.3 * v[0] - v[0] * v[0] + Math.Abs(v[1])).ShouldNotBe(CriticalPointKind.Minimum);
        Kind(v => 0.1 * v[0] + 0.2 * v[0] - 0.3 * v[0] - v[0] * v[0] + Math.Square(Math.Relu(v[1])) + v[1] * v[1]).ShouldNotBe(
            CriticalPointKind.Minimum);
        Kind(v => -v[0] + Math.Abs(v[1])).ShouldNotBe(CriticalPointKind.Minimum);

        CriticalPointKind Kind(Func<VarVector, Var> f) => CriticalPoint.Classify(Objective.Of(f), [0, 0], bounds: box).Kind;
    }

    [Theory, InlineData(3), InlineData(10), InlineData(50)]
    public void Lasso_with_a_few_zeros_is_a_minimum(int n)
    {
        double[] c = [.. Enumerable.Range(0, n).Select(i => Math.Sin(3 * i + 1))];
        double[] x = [.. c.Select((z, i) => i < 5 ? 0 : z)];
        CriticalPoint point = CriticalPoint.Classify(
            Objective.Of(v => 0.5 * (v - c).SquaredNorm() + 2 * Math.Abs(v[..Math.Min(5, n)]).Sum()), x);
        point.Kind.ShouldBe(CriticalPointKind.Minimum, point.ToString());
        // Below |c| the penalty does not hold a variable at zero.
        double weak = 0.5 * c[..Math.Min(5, n)].Max(z => Math.Abs(z));
        point = CriticalPoint.Classify(Objective.Of(v => 0.5 * (v - c).SquaredNorm() + weak * Math.Abs(v[..Math.Min(5, n)]).Sum()), x);
        point.Kind.ShouldBe(CriticalPointKind.NotCritical, point.ToString());
    }

    [Theory, InlineData(0, 0), InlineData(1e-9, -2e-9)]
    public void The_best_line_in_the_largest_error_is_a_minimum(double da, double db)
    {
        double[] t = [0, 0.25, 0.5, 0.75, 1];
        // By de la Vallée Poussin: the slope of the chord, and errors equal at both ends and, opposite, at the farthest point between.
        double b = Math.E - 1, a = 1 - 0.5 * t.Max(s => 1 + b * s - Math.Exp(s));
        Objective f = Objective.Of(v =>
        {
            Var worst = Math.Abs(v[0] + v[1] * t[0] - Math.Exp(t[0]));
            foreach (double s in t[1..])
                worst = Math.Max(worst, Math.Abs(v[0] + v[1] * s - Math.Exp(s)));
            return worst;
        });
        CriticalPoint point = CriticalPoint.Classify(f, [a + da, b + db]);
        point.Kind.ShouldBe(CriticalPointKind.Minimum, point.ToString());
        point.X[0].ShouldBe(a, 1e-14);
    }

    [Fact]
    public void The_line_of_least_absolute_errors_is_a_minimum()
    {
        // Through two of the points, as it must.
        double[] t = [0, 1, 2, 3.2, 4.5], y = [0.1, 1.2, 1.7, 3.3, 9];
        (double A, double B, double Error) best = (0, 0, double.PositiveInfinity);
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double slope = (y[i] - y[j]) / (t[i] - t[j]), level = y[i] - slope * t[i], error = 0;
                for (int k = 0; k < 5; k++)
                    error += Math.Abs(level + slope * t[k] - y[k]);
                if (error < best.Error)
                    best = (level, slope, error);
            }
        }
        CriticalPoint point = CriticalPoint.Classify(
            Objective.Of(v => Math.Abs(v[0] + v[1] * (VarVector)t - y).Sum()), [best.A + 1e-10, best.B]);
        point.Kind.ShouldBe(CriticalPointKind.Minimum, point.ToString());
    }

    [Theory, MemberData(nameof(Engine.Methods.Names), MemberType = typeof(Engine.Methods))]
    public void Runs_leave_a_dead_unit(string name)
    {
        Objective f = Objective.Of(v => Math.Square(v[1] * Math.Relu(v[0]) - 1) + 0.01 * (v[0] * v[0] + v[1] * v[1]));
        OptimizationResult result = Engine.Methods.Of(name).Minimize(f, [0, 0]);
        if (result.Status.IsConverged)
        {
            result.Value.ShouldBeLessThan(0.99, result.ToString());
        }
    }
}
