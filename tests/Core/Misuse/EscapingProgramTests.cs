using AutoDiff.Engine;
using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>Whatever lets a number out of a recording is noticed: no program repeats what followed from it at another point or row. The
/// oracle is the lambda itself, run anew at each point and row.</summary>
[Collection(AloneCollection.Name)]
public class EscapingProgramTests
{
    private static readonly double[][] s_rows = [[1, 0.5], [2, -1], [3, 2], [2, 4], [0, 1], [-2, 3], [1, 7], [3, -5]];
    private static readonly double[] s_x = [0.75, -1.25], s_v = [1, 2];

    public static TheoryData<string> Programs => [.. EscapingPrograms.All.Keys];

    private static Objective Plain(EscapingPrograms.Lambda program) => Objective.Of(v => program(v[..2], v[2..]));

    private static double[] Point(double[] row) => [.. s_x, .. row];

    [Fact]
    public void There_are_more_than_thirty() => EscapingPrograms.All.Count.ShouldBeGreaterThan(40);

    [Theory, MemberData(nameof(Programs))]
    public void Compiled_it_is_refused_or_does_what_the_lambda_does(string name)
    {
        Objective f = Plain(EscapingPrograms.All[name]);
        int refused = 0;
        foreach (double[] start in s_rows)
        {
            Objective compiled;
            try
            {
                compiled = f.Compile(Point(start));
            }
            catch (NotReplayableException)
            {
                refused++;
                Should.Throw<NotReplayableException>(() => f.Check(Point(start)));
                continue;
            }
            foreach (double[] row in s_rows)
                Agrees(compiled, f, Point(row), $"{name}, compiled at {start[0]}, at {row[0]}");
        }
        refused.ShouldBeGreaterThan(0, name);
    }

    [Theory, MemberData(nameof(Programs))]
    public void Reusing_it_does_what_the_lambda_does(string name)
    {
        // Long enough that programs are made, of the recordings as they are: the lambda runs at every call.
        EscapingPrograms.Lambda program = EscapingPrograms.All[name];
        Objective f = Objective.Of(v =>
        {
            Var sum = 0;
            for (int i = 0; i < 100; i++)
                sum += Math.Sin(program(v[..2], v[2..]) + 0.1 * i) * v[0];
            return sum;
        }), reusing = f.Reusing();
        Recurrence.IsEager = true;
        try
        {
            for (int round = 0; round < 5; round++)
            {
                foreach (double[] row in s_rows)
                    Agrees(reusing, f, Point(row), $"{name}, reusing, at {row[0]}", 1e-10);
            }
        }
        finally
        {
            Recurrence.IsEager = false;
        }
    }

    [Theory, MemberData(nameof(Programs))]
    public void In_a_sum_over_rows_it_does_what_the_lambda_does(string name)
    {
        EscapingPrograms.Lambda program = EscapingPrograms.All[name];
        for (int first = 0; first < s_rows.Length; first++)
        {
            double[][] rows = [.. s_rows[first..], .. s_rows[..first]];
            double[,] data = new double[rows.Length, 2];
            for (int i = 0; i < rows.Length; i++)
                (data[i, 0], data[i, 1]) = (rows[i][0], rows[i][1]);
            Objective sum = Objective.Sum(data, (x, r) => program(x, r));
            Objective separate = Objective.Of(
                x =>
                rows.Select(row => Objective.Sum(new[,] { { row[0], row[1] } }, (y, r) => program(y, r)).Value(x)).Aggregate(
                (a, b) => a + b));
            sum.Value(s_x).ShouldBe(separate.Value(s_x), 1e-12, name);
            sum.Gradient(s_x).ShouldBe(separate.Gradient(s_x), 1e-12, name);
            sum.Hvp(s_x.AsSpan(), s_v).ShouldBe(separate.Hvp(s_x.AsSpan(), s_v), 1e-12, name);
        }
    }

    private static void Agrees(Objective f, Objective oracle, double[] x, string name, double tolerance = 1e-13)
    {
        double[] v = [1, 2, -1, 0.5];
        f.Value(x).ShouldBe(oracle.Value(x), tolerance, name);
        f.Gradient(x).ShouldBe(oracle.Gradient(x), tolerance, name);
        f.Hvp(x.AsSpan(), v).ShouldBe(oracle.Hvp(x.AsSpan(), v), tolerance, name);
    }

    [Fact]
    public void Prices_by_the_text_of_a_row()
    {
        Dictionary<string, double> price = new() { ["1"] = 1, ["2"] = 10, ["3"] = 100 };
        Objective f = Objective.Sum(new double[,] { { 1 }, { 2 }, { 3 }, { 2 }, { 1 } }, (x, r) => price[r[0].ToString()] * x[0] * x[0]);
        f.Value([1.0]).ShouldBe(122);
        f.Gradient([1.0]).ShouldBe([244.0]);
    }

    [Fact]
    public void A_rule_that_fails_in_a_nested_derivative_is_taken_note_of()
    {
        Objective inner = Objective.Of(v => new BadRule().Apply(v)[0]);
        Objective f = Objective.Of(x =>
        {
            try
            {
                return x[1] * inner.Gradient(x[..1])[0];
            }
            catch (ArithmeticException)
            {
                return 10 * x[1];
            }
        });
        Should.Throw<NotReplayableException>(() => f.Compile([-1.0, 2.0]));
        f.Value([-1.0, 2.0]).ShouldBe(20);
        f.Value([1.0, 2.0]).ShouldBe(2);
    }

    /// <summary>A function whose rule fails below zero, though its value does not.</summary>
    private sealed class BadRule : ArrayFunction, IArrayVjp
    {
        public override int OutputLength(int inputLength) => inputLength;

        public override void Value(ReadOnlySpan<double> x, Span<double> y) => x.CopyTo(y);

        public VarVector Vjp(VarVector x, VarVector y, VarVector yBar) => x[0] < 0 ? throw new ArithmeticException("no rule") : yBar;
    }

    [Fact]
    public void A_branch_by_text_is_not_compiled()
    {
        Objective f = Objective.Of(v => $"{v[0]:F0}" == "3" ? 7 * v[0] : v[0]);
        Should.Throw<NotReplayableException>(() => f.Compile([3.0])).Message.ShouldContain("the text of variable #0");
        f.Value([5.0]).ShouldBe(5);
    }

    [Fact]
    public void Text_for_logs_leaves_no_mark()
    {
        List<string> log = [];
        Objective f = Objective.Of(v =>
        {
            log.Add(v[0].ToLogText());
            log.Add(v.ToLogText());
            log.Add(v.AsColumn().Transpose().ToLogText());
            log.Add((v > 2).ToLogText());
            log.Add((2 * new Dual<Var>(v[1])).ToLogText());
            return v[0] * v[0];
        }).Compile([1.5, 3.0]);
        log.ShouldBe(["1.5", "[1.5, 3]", "[[1.5, 3]]", "[false, true]", "6"]);
        f.Gradient([2.0, 3.0]).ShouldBe([4.0, 0.0]);
        log.Count.ShouldBe(5);
    }
}
