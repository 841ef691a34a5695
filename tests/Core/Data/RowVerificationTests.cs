using AutoDiff.Hvp;

namespace AutoDiff.Tests.DataRows;

/// <summary>Row lambdas that depend on more than x and the row: the right sum, or an exception, never a sum of what some rows
/// did.</summary>
public class RowVerificationTests
{
    private static readonly double[] s_x = [1.0];

    private static double[,] Column(params double[] numbers)
    {
        double[,] rows = new double[numbers.Length, 1];
        for (int i = 0; i < numbers.Length; i++)
            rows[i, 0] = numbers[i];
        return rows;
    }

    private static double[,] Ones(int count) => Column([.. Enumerable.Repeat(1.0, count)]);

    // All weights come equally often in any succession of as many rows: the sum does not depend on where the counter stands.
    [Fact]
    public void A_counter()
    {
        foreach (double[] w in new double[][]
        {
            [1, 1, 3, 4, 5], [1, 1, 1, 4, 5], [1, 1, 1, 1, 5], [7, 1, 1, 1, 1], [1, 1, 7, 1, 1], [1, 2, 1, 2, 1, 2],
                [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
        })
        {
            string name = string.Join(", ", w);
            int k = 0;
            DataObjective f = Objective.Sum(Ones(w.Length), (x, r) => w[k++ % w.Length] * x[0] * r[0]);
            for (int call = 0; call < 5; call++)
            {
                f.Gradient(s_x).ShouldBe([w.Sum()], 1e-12, name);
                f.Value(s_x).ShouldBe(w.Sum(), 1e-12, name);
            }
            k = 0;
            Should.Throw<NotReplayableException>(() => f.Check(s_x), name).Message.ShouldContain("At row");
            f.VerifyEvery = 1;
            k = 0;
            Should.Throw<NotReplayableException>(() => f.Gradient(s_x), name);
        }
    }

    [Fact]
    public void A_counter_over_many_rows()
    {
        double[] w = [1, 1, 3, 4, 5];
        int k = 0;
        Objective f = Objective.Mean(Ones(1000), (x, r) => w[k++ % 5] * x[0] * x[0] * r[0]);
        f.Hvp(s_x.AsSpan(), [1.0]).ShouldBe([2 * 14 / 5.0], 1e-12);
    }

    [Fact]
    public void A_counter_in_a_branch_or_behind_one()
    {
        double[] rows = [.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 1.0 : -1.0)], w = [1, 2, 3];
        int k = 0;
        Objective f = Objective.Sum(Column(rows), (x, r) => r[0] > 0 ? w[k++ % 3] * x[0] : -w[k++ % 3] * x[0] * x[0]);
        // 60 rows from any place on: each weight falls on ten rows of either kind.
        f.Gradient(s_x).ShouldBe([10 * 6 - 10 * 2 * 6], 1e-12);
    }

    [Fact]
    public void Random_numbers_are_drawn_at_every_row()
    {
        Random random = new(3);
        List<double> drawn = [];
        DataObjective f = Objective.Sum(Ones(500), (x, r) =>
        {
            double weight = random.NextDouble();
            drawn.Add(weight);
            return weight * x[0] * r[0];
        });
        double value = f.Value(s_x);
        value.ShouldBe(drawn.TakeLast(500).Sum(), 1e-10);
        Should.Throw<NotReplayableException>(() => f.Check(s_x)).Message.ShouldContain("a constant was");
    }

    [Fact]
    public void A_random_threshold_is_no_branch()
    {
        Random random = new(3);
        List<bool> above = [];
        DataObjective f = Objective.Sum(Ones(500), (x, r) =>
        {
            bool taken = r[0] > 2 * random.NextDouble();
            above.Add(taken);
            return taken ? x[0] * r[0] : -x[0];
        });
        f.Value(s_x).ShouldBe(above.TakeLast(500).Sum(a => a ? 1 : -1));
        Should.Throw<NotReplayableException>(() => f.Check(s_x));
    }

    [Fact]
    public void The_index_of_the_row_through_captured_state()
    {
        double[] offsets = [.. Enumerable.Range(0, 12).Select(i => (double)i)];
        int index = 0;
        DataObjective f = Objective.Sum(Ones(12), (x, r) => (x[0] - offsets[index++ % 12]) * r[0] * (x[0] - offsets[(index - 1) % 12]));
        f.Value(s_x).ShouldBe(offsets.Sum(o => (1 - o) * (1 - o)), 1e-12);
        Queue<double> queue = new(Enumerable.Range(0, 10_000).Select(i => i < 3 ? 1.0 : 2.0));
        DataObjective g = Objective.Sum(Ones(300), (x, r) => queue.Dequeue() * x[0] * r[0]);
        g.Value(s_x).ShouldBe(600);
    }

    [Fact]
    public void What_shows_at_one_row_of_thousands_is_found_when_asked_for()
    {
        int k = 0;
        double[,] rows = Ones(3000);
        DataObjective f = Objective.Sum(rows, (x, r) => (k++ == 1234 ? 2 : 1) * x[0] * r[0]);
        Should.Throw<NotReplayableException>(() => f.Check(s_x)).Message.ShouldContain("At row 1234");
        f.VerifyEvery = 2;
        DataObjective batch = f.Batch([.. Enumerable.Range(0, 2000)]);
        batch.VerifyEvery.ShouldBe(2);
        f.With().VerifyEvery.ShouldBe(2);
        f.VerifyEvery = 1;
        k = 0;
        Should.Throw<NotReplayableException>(() => f.Gradient(s_x)).Message.ShouldContain("At row 1234");
        k = 0;
        Should.Throw<NotReplayableException>(
            () => Objective.Sum(rows, (x, r) => (k++ == 1234 ? 2 : 1) * x[0] * r[0]).Compile(s_x, new() { VerifyEvery = 1 }).Value(s_x));
        Should.Throw<ArgumentOutOfRangeException>(() => f.VerifyEvery = -1);
    }

    [Fact]
    public void What_depends_on_row_and_point_alone_is_verified_without_complaint()
    {
        double[,] rows = new double[400, 3];
        for (int i = 0; i < 400; i++)
            (rows[i, 0], rows[i, 1], rows[i, 2]) = (Math.Sin(i), i % 3, i);
        double captured = 1;
        DataObjective f = Objective.Sum(
            rows, (x, r) =>
            r[0] > x[0] ? captured * x[1..4].CrossEntropy(r.Label(1)) : Math.Exp(r[0] * x[2]) + (r[0] < -0.5 ? x[3] * r[2] : x[1]));
        f.VerifyEvery = 1;
        double[] x = [0.1, 0.2, 0.3, -0.4];
        for (int call = 0; call < 3; call++)
        {
            captured = 1 + call; // Numbers that are captured may change between calls.
            double expected = 0;
            for (int i = 0; i < 400; i++)
                expected += Objective.Sum(
                    new[,] { { rows[i, 0], rows[i, 1], rows[i, 2] } }, (y, r) =>
                    r[0] > y[0] ? captured * y[1..4].CrossEntropy(r.Label(1))
                    : Math.Exp(r[0] * y[2]) + (r[0] < -0.5 ? y[3] * r[2] : y[1])).Value(x);
            f.Value(x).ShouldBe(expected, 1e-9 * Math.Abs(expected));
            f.Check(x);
        }
    }

    [Fact]
    public void A_label_that_is_caught_is_asked_for_at_every_row()
    {
        double[] labels = [-1, 0, 1, 2, -1, 0.5, 7, double.NaN, 1], x = [0.3, -0.2, 0.9, 0.1];
        Var Term(VarVector y, DataVector r)
        {
            try
            {
                return y[..3].CrossEntropy(r.Label(0));
            }
            catch (FormatException)
            {
                return 0;
            }
            catch (ArgumentOutOfRangeException)
            {
                return y[3];
            }
        }

        double[] gradient = new double[4];
        double value = 0, sum = x[..3].Sum(Math.Exp);
        foreach (double label in labels)
        {
            if (label == 7)
                (value, gradient[3]) = (value + x[3], gradient[3] + 1);
            if (label is 0 or 1 or 2)
            {
                value += Math.Log(sum) - x[(int)label];
                for (int i = 0; i < 3; i++)
                    gradient[i] += Math.Exp(x[i]) / sum - (i == label ? 1 : 0);
            }
        }
        for (int first = 0; first < labels.Length; first++)
        {
            DataObjective f = Objective.Sum(Column([.. labels[first..], .. labels[..first]]), Term);
            f.Value(x).ShouldBe(value, 1e-13);
            f.Gradient(x).ShouldBe(gradient, 1e-13);
            f.Check(x);
            f.Batch([.. Enumerable.Range(0, labels.Length)]).Gradient(x).ShouldBe(gradient, 1e-13);
        }
        // Compiled, the label being a declared parameter.
        Data given = Data.Of(1.0);
        Objective one = Objective.Of(y => Term(y, given.Vector)), compiled = one.Compile(x);
        foreach (double label in labels.Concat(labels))
        {
            given.Set(label);
            compiled.Value(x).ShouldBe(one.Value(x));
            compiled.Gradient(x).ShouldBe(one.Gradient(x));
        }
    }

    [Theory, InlineData(1.5, typeof(FormatException)), InlineData(-1.0, typeof(FormatException)),
        InlineData(double.NaN, typeof(FormatException)), InlineData(3e9, typeof(FormatException)),
        InlineData(5.0, typeof(ArgumentOutOfRangeException))]
    public void A_bad_label_is_the_lambdas_exception_everywhere(double bad, Type exception)
    {
        double[] x = [0.3, -0.2, 0.9], v = [1, 2, 3];
        static Var Term(VarVector y, DataVector r) => y.CrossEntropy(r.Label(0));
        Data given = Data.Of(1.0);
        Objective one = Objective.Of(y => Term(y, given.Vector)), compiled = one.Compile(x), reusing = one.Reusing();
        VectorFunction vector = VectorFunction.Of(y => VarVector.Of(Term(y, given.Vector), y[0])).Compile(x);
        given.Set(bad);
        foreach (Objective f in new[] { one, compiled, reusing })
            Thrown(f, x, v, exception);
        Should.Throw(() => vector.Jacobian(x), exception);
        for (int place = 0; place < 40; place += 13)
        {
            double[] labels = [.. Enumerable.Range(0, 40).Select(i => i == place ? bad : i % 3)];
            DataObjective sum = Objective.Sum(Column(labels), Term);
            foreach (DataObjective f in new[] { sum, sum.Batch([.. Enumerable.Range(0, 40)]), sum.With(),
                Objective.Mean(Column(labels), Term) })
                Thrown(f, x, v, exception);
            Should.Throw(() => Objective.Of(y => sum.Value(y)).Gradient(x), exception);
        }
    }

    private static void Thrown(Objective f, double[] x, double[] v, Type exception)
    {
        Should.Throw(() => f.Value(x), exception);
        Should.Throw(() => f.Gradient(x), exception);
        Should.Throw(() => f.Hvp(x.AsSpan(), v), exception);
        Should.Throw(() => f.At(x), exception);
        Should.Throw(() => f.Check(x), exception);
    }

    private readonly struct StrictLog : IUnaryRule<StrictLog>
    {
        public static double Value(double x) => x > 0 ? Math.Log(x) : throw new ArithmeticException("no logarithm");

        public static T First<T>(T x, T y) where T : struct, IScalar<T> => 1 / x;
    }

    [Theory, InlineData(1), InlineData(3)]
    public void A_rule_that_throws_at_rows_that_do_not_come_to_it(int threads)
    {
        double[] numbers = [.. Enumerable.Range(0, 900).Select(i => 2 + Math.Sin(i) * 3)];
        DataObjective f = Objective.Sum(Column(numbers), (x, r) => r[0] > 0 ? Var.Apply<StrictLog>(r[0] * x[0]) : r[0] * x[0] * x[0]);
        f.MaxDegreeOfParallelism = threads;
        f.Value(s_x).ShouldBe(numbers.Sum(t => t > 0 ? Math.Log(t) : t), 1e-10);
        f.Gradient(s_x).ShouldBe([numbers.Sum(t => t > 0 ? 1 : 2 * t)], 1e-10);
    }
}
