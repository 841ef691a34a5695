using AutoDiff.Hvp;
using AutoDiff.Problems;
using AutoDiff.Rules;
using AutoDiff.Tests.Programs;
using Term = System.Func<AutoDiff.VarVector, AutoDiff.DataVector, AutoDiff.Var>;

namespace AutoDiff.Tests.DataRows;

/// <summary>Sums over rows in lanes, against the same lambda at each row by itself.</summary>
public class RowLanesTests
{
    private static readonly double[] s_x = [0.4, -0.8, 1.1, 0.3];
    private static readonly double[] s_v = [1.0, 2.0, -0.5, 0.25];

    private static double[,] Rows(int count, int length, ulong seed = 5)
    {
        SplitMix64 random = new(seed);
        double[,] rows = new double[count, length];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < length; j++)
                rows[i, j] = 2 * random.NextSigned();
        }
        return rows;
    }

    private static double[] Row(double[,] rows, int i) => [.. Enumerable.Range(0, rows.GetLength(1)).Select(j => rows[i, j])];

    /// <summary>Σ of value, gradient and Hv over the rows, each an objective of its own.</summary>
    private static (double Value, double[] Gradient, double[] Product, double Magnitude) OneByOne(
        double[,] rows, Term term, double[] x, double[] v)
    {
        double value = 0, magnitude = 1;
        double[] gradient = new double[x.Length], product = new double[x.Length];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            Data row = Data.Of(Row(rows, i));
            Objective f = Objective.Of(y => term(y, row));
            double[] g = f.Gradient(x), hv = f.Hvp(x.AsSpan(), v);
            value += f.Value(x);
            magnitude += Math.Abs(f.Value(x)) + g.Sum(Math.Abs) + hv.Sum(Math.Abs);
            for (int j = 0; j < x.Length; j++)
                (gradient[j], product[j]) = (gradient[j] + g[j], product[j] + hv[j]);
        }
        return (value, gradient, product, magnitude);
    }

    private static void Check(double[,] rows, Term term, double[] x, double tolerance = 1e-13)
    {
        double[] v = s_v[..Math.Min(x.Length, 4)];
        if (x.Length > 4)
            v = [.. Enumerable.Range(0, x.Length).Select(i => Math.Sin(i + 1))];
        (double value, double[] gradient, double[] product, double magnitude) = OneByOne(rows, term, x, v);
        DataObjective f = Objective.Sum(rows, term);
        double bound = double.IsFinite(magnitude) ? tolerance * magnitude : 1e-10;
        double[] g = new double[x.Length], hv = new double[x.Length];
        f.Value(x).ShouldBe(value, bound);
        f.Gradient(x, g).ShouldBe(f.Value(x));
        g.ShouldBe(gradient, bound);
        f.Hvp(x, v, hv).ShouldBe(f.Value(x));
        hv.ShouldBe(product, bound);
        using LocalModel at = f.At(x);
        at.Value.ShouldBe(f.Value(x));
        at.Gradient.ToArray().ShouldBe(g);
        at.Hessian.Apply(v).ShouldBe(product, bound);
    }

    [Fact]
    public void A_thousand_random_programs_whose_rows_branch()
    {
        SplitMix64 random = new(11);
        for (int trial = 0; trial < 1000; trial++)
        {
            int[] code = [.. Enumerable.Range(0, 3 + (int)(random.Next() % 20)).Select(_ => (int)random.Next())];
            RandomProgram program = new(code);
            double[,] rows = Rows(1 + (int)(random.Next() % 40), 2, random.Next());
            Check(rows, (x, row) => program.Run(VarVector.Of(x[0], row[0], x[1], row[1])), [random.NextSigned(), random.NextSigned()],
                1e-11);
        }
    }

    public static TheoryData<string, Term> ArrayTerms => new()
    {
        { "dot", (x, row) => x.Dot(row) * x.Dot(row) },
        { "dot of rows", (x, row) => ((VarVector)row).Dot(row) * x[0] + x.Dot(x) },
        { "matrix × row", (x, row) => Math.Tanh(x.Reshape(2, 2).MatMul(((VarVector)row)[..2])).Sum() },
        { "row × matrix", (x, row) => (((VarVector)row)[..2].Reshape(1, 2).MatMul(x.Reshape(2, 2)) * 2.0).Flatten().SquaredNorm() },
        { "row matrix × matrix", (x, row) => ((VarVector)row).Reshape(2, 2).MatMul(x.Reshape(2, 2)).Flatten().SquaredNorm() },
        { "matrix × row matrix",
            (x, row) => x.Reshape(2, 2).Transpose().MatMul(((VarVector)row).Reshape(2, 2).Transpose()).Flatten().SquaredNorm() },
        { "transposed row matrix", (x, row) => ((VarVector)row).Reshape(2, 2).Transpose().MatMul(x.Reshape(2, 2)).Flatten().SquaredNorm() },
        { "varying × varying", (x, row) => (x * row).Reshape(2, 2).MatMul((x + row).Reshape(2, 2)).Flatten().SquaredNorm() },
        { "varying transposed",
            (x, row) => (x * row).Reshape(2, 2).Transpose().MatMul((x + row).Reshape(2, 2).Transpose()).Flatten().SquaredNorm() },
        { "outer", (x, row) => (x * row).Reshape(4, 1).MatMul((x - row).Reshape(1, 4)).Flatten().Sum() },
        { "elementwise", (x, row) => (Math.Exp(-x * x) * row + 2.0 / (1.0 + row * (VarVector)row)).Sum() },
        { "broadcast", (x, row) => (x.Reshape(2, 2) * (VarVector)row[..2] + row[3]).Flatten().SquaredNorm() },
        { "log-sum-exp", (x, row) => (x * row).LogSumExp() },
        { "softmax", (x, row) => (x + row).Softmax().Dot(row) },
        { "log-softmax", (x, row) => (x * row).LogSoftmax().SquaredNorm() },
        { "norm", (x, row) => (x - row).Norm() },
        { "max", (x, row) => (x * row).Max() + (x - row).Min() },
        { "product", (x, row) => (x + row).Product() },
        { "cumulative sum", (x, row) => (x * row).CumulativeSum().SquaredNorm() },
        { "pack", (x, row) => VarVector.Of(x[0] * row[1], 2.0, x[2], row[3] * x[1]).SquaredNorm() },
        { "pack and scale", (x, row) => Math.Sin(VarVector.Of(x[0], row[1], 3.0)).Product() },
        { "concat", (x, row) => VarVector.Concat(x[1..], row[..2], new double[] { 1, 2 }, x * row).SquaredNorm() },
        { "mask", (x, row) => Math.Where(x > (VarVector)row, x * x, x * row).Sum() },
        { "fused", (x, row) => Math.FusedMultiplyAdd(x, (VarVector)row, x).SquaredNorm() + Math.FusedMultiplyAdd(x[0], row[0], x[1] * 2) },
        { "solve", (x, row) => VarVector.Of(2 + row[0] * row[0], x[0], x[0], 3 + row[1] * row[1]).Reshape(2, 2).Solve(x[..2]).SquaredNorm(
            ) },
        { "uniform part", (x, row) => x.SquaredNorm() * 0.5 + Math.Exp(x[0]) * x.LogSumExp() * row[0] },
        { "all uniform", (x, row) => Math.Exp(x[0]) * x[1] },
        { "the row alone", (x, row) => row[0] * row[1] },
        { "one number of the row", (x, row) => row[2] },
        { "an input", (x, row) => x[2] },
        { "a constant", (x, row) => 1.5 },
        { "powers", (x, row) => Math.Pow(2 + Math.Sin(x[0]), row[0]) + Math.Pow(row[1], 3) * x[1] },
        { "own array", (x, row) => (x * new double[] { 1, 2, 3, 4 }).Dot(row) },
        { "own array in composite", (x, row) => (VarVector.Concat(new double[] { 1, 2 }, x * row)).LogSumExp() },
        { "loop", (x, row) => Loop(x, row, 4) * Loop(x, row, 4) },
        { "loop whose sums are used", (x, row) =>
            {
                Var s = x[0], product = 0;
                for (int j = 0; j < 4; j++)
                    s += product = x[j] * row[j];
                Var before = s - product;
                return before * s * Math.Sin(product);
            } },
        { "loop over a row twice", (x, row) => (Loop(x, row, 4) > 0 ? x[0] : x[1] * 2) * Loop(x * row[0], row, 4) },
        { "derivative within", (x, row) => Objective.Of(y => Math.Sin(y[0] * row[0]) * y[1]).Gradient(x).SquaredNorm() },
        { "value read", (x, row) => row[0].Value * x[0] * x[0] },
        { "branch and value", (x, row) => row[0] > 0 ? row[0].Value * x[0] : x[1] * x[1] * row[1] },
    };

    private static Var Loop(VarVector x, DataVector row, int count)
    {
        Var s = x[3];
        for (int j = 0; j < count; j++)
            s += x[j] * row[j];
        return s;
    }

    [Theory, MemberData(nameof(ArrayTerms))]
    public void Every_operation_agrees_with_the_row_by_itself(string name, Term term)
    {
        name.ShouldNotBeEmpty();
        Check(Rows(21, 4), term, s_x, 1e-12);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(7), InlineData(8), InlineData(9), InlineData(16), InlineData(255), InlineData(256),
        InlineData(257), InlineData(600)]
    public void Any_number_of_rows(int count) =>
        Check(Rows(count, 3), (x, row) => Math.Log(1 + Math.Exp(x[..3].Dot(row))) * (row[0] > 0.5 ? x[3] : 1.0), s_x);

    [Fact]
    public void No_rows_and_rows_without_numbers()
    {
        Objective.Mean(new double[0, 3], (x, row) => x[0]).Gradient(s_x).ShouldBe(new double[4]);
        Objective.Mean(new double[0, 3], (x, row) => x[0]).Hvp(s_x.AsSpan(), s_v).ShouldBe(new double[4]);
        Check(new double[5, 0], (x, row) => x[0] * x[1], s_x);
        Objective.Sum(Rows(3, 1), (x, row) => row[0] * row[0]).Gradient([]).ShouldBeEmpty();
    }

    private static readonly Term s_branching = (x, row) =>
        row[0] > x[0] ? Math.Exp(x[1] * row[1]) : row[1] > 1 ? Math.Log(row[1] * x[2] * x[2]) : x.Dot(row) * x[3];

    [Fact]
    public void The_bits_do_not_depend_on_the_number_of_threads()
    {
        DataObjective f = Objective.Mean(Rows(20_000, 4), s_branching);
        double[] gradient = f.Gradient(s_x), product = f.Hvp(s_x.AsSpan(), s_v);
        double value = f.Value(s_x);
        foreach (int threads in (int[])[1, 2, 8, 16])
        {
            for (int repeat = 0; repeat < 5; repeat++)
            {
                DataObjective again = Objective.Mean(Rows(20_000, 4), s_branching);
                again.MaxDegreeOfParallelism = threads;
                again.Value(s_x).ShouldBe(value);
                again.Gradient(s_x).ShouldBe(gradient);
                again.Hvp(s_x.AsSpan(), s_v).ShouldBe(product);
                f.MaxDegreeOfParallelism = threads;
                f.Gradient(s_x).ShouldBe(gradient);
            }
        }
        f.Batch([1, 2]).MaxDegreeOfParallelism.ShouldBe(16);
        Should.Throw<ArgumentOutOfRangeException>(() => f.MaxDegreeOfParallelism = 0);
    }

    [Fact]
    public void The_lambda_runs_at_few_rows()
    {
        int runs = 0;
        DataObjective f = Objective.Sum(Rows(1000, 4), (x, row) =>
        {
            runs++;
            return s_branching(x, row);
        });
        // The first, the last, 16 between them, and the first of each way.
        f.Gradient(s_x);
        runs.ShouldBeInRange(3, 20);
        runs = 0;
        f.Gradient(s_x);
        runs.ShouldBeInRange(3, 4);
    }

    [Fact]
    public void A_lambda_that_depends_on_more_than_the_row_runs_at_every_row()
    {
        int i = 0;
        double[] weights = [.. Enumerable.Range(1, 30).Select(t => (double)t)];
        DataObjective f = Objective.Sum(Rows(30, 1), (x, row) => x[0] * weights[i++ % 30]);
        i = 28; // Two rows are looked at beforehand.
        f.Gradient(s_x)[0].ShouldBe(30 * 31 / 2, 1e-10);
    }

    [Fact]
    public void What_a_lambda_captures_may_change_between_calls()
    {
        double scale = 2;
        double[] weights = [1, 2, 3, 4];
        Data parameter = Data.Of(1.0);
        double[,] rows = Rows(50, 4);
        DataObjective f = Objective.Sum(rows, (x, row) => (x * weights).Dot(row) * scale * parameter[0]);
        double[] Expected() =>
            [.. Enumerable.Range(0, 4).Select(
            j => Enumerable.Range(0, 50).Sum(i => rows[i, j]) * weights[j] * scale * parameter.Vector[0].Value)];
        f.Gradient(s_x).ShouldBe(Expected(), 1e-12);
        scale = -3;
        f.Gradient(s_x).ShouldBe(Expected(), 1e-12);
        weights[2] = 7;
        f.Gradient(s_x).ShouldBe(Expected(), 1e-12);
        parameter.Set(0.5);
        f.Gradient(s_x).ShouldBe(Expected(), 1e-12);
        rows[49, 1] = 100;
        f.Gradient(s_x).ShouldBe(Expected(), 1e-12);
    }

    [Fact]
    public void More_than_eight_ways_through_the_lambda()
    {
        double[,] rows = new double[100, 1];
        for (int i = 0; i < 100; i++)
            rows[i, 0] = i % 20;
        Check(rows, (x, row) =>
        {
            Var y = x[0] * x[1];
            for (int k = 0; k < row[0]; k++)
                y += x[k % 4] * x[k % 4];
            return y;
        }, s_x);
    }

    [Fact]
    public void Rows_that_are_not_numbers_and_kinks()
    {
        double[,] rows = Rows(40, 3);
        rows[17, 1] = double.NaN;
        Term term = (x, row) => row[1] > 0 ? x[0] * row[1] : x[1] * row[0];
        Check(rows, term, s_x);
        Objective.Sum(rows, (x, row) => x[0] * row[1] + x[1]).Gradient(s_x).ShouldBe([double.NaN, 40, 0, 0]);
        // √ has an infinite derivative at 0, with the factor 0 before it.
        double[,] zeros = new double[40, 1];
        Check(zeros, (x, row) => Math.Sqrt(x[0] * x[0] * row[0]) * row[0] + x[1] * x[1], s_x);
        zeros[3, 0] = 1;
        Check(zeros, (x, row) => Math.Abs(x[0] * row[0]) + Math.Max(x[1] * row[0], 0) + Math.Relu(x[2] * row[0]), s_x);
        // Elsewhere the logarithm is not defined.
        Check(Rows(60, 2), (x, row) => row[0] > 0 ? Math.Log(row[0]) * x[0] * x[0] : x[1] * x[1], s_x);
    }

    [Fact]
    public void Labels_in_lanes()
    {
        double[,] rows = Rows(70, 3);
        for (int i = 0; i < 70; i++)
            rows[i, 2] = i * 7 % 4;
        Check(rows, (x, row) => (x * row[0]).CrossEntropy(row.Label(2)) + x[row.Label(2)] * row[1], s_x, 1e-12);
        Check(rows, (x, row) => (x * row[0]).Reshape(4, 1).Row(row.Label(2))[0] * x[1], s_x, 1e-12);
        for (int i = 0; i < 70; i++)
            rows[i, 2] = i * 7 % 2;
        Check(rows, (x, row) => x.Reshape(2, 2).Row(row.Label(2)).Dot(row[..2]) + ((VarVector)new double[] { 5, 7 })[row.Label(2)] * x[0],
            s_x, 1e-12);
        rows[33, 2] = 4;
        Should.Throw<ArgumentOutOfRangeException>(
            () => Objective.Sum(rows, (x, row) => x[row.Label(2)]).Gradient(s_x)).Message.ShouldContain("0 … 3");
        rows[33, 2] = 0.5;
        Should.Throw<FormatException>(() => Objective.Sum(rows, (x, row) => x[row.Label(2)]).Gradient(s_x)).Message.ShouldContain(
            "Label(2)");
    }

    [Fact]
    public void An_exception_on_a_way_that_one_row_takes_passes_through()
    {
        double[,] rows = Rows(300, 1);
        rows[211, 0] = 99;
        DataObjective f = Objective.Sum(rows, (x, row) => row[0] > 50 ? throw new FormatException("row 211") : x[0] * row[0]);
        Should.Throw<FormatException>(() => f.Gradient(s_x)).Message.ShouldBe("row 211");
        f.Batch([1, 2, 3]).Gradient(s_x)[1].ShouldBe(0);
        Should.Throw<FormatException>(() => f.Value(s_x));
    }

    [Fact]
    public void A_batch_adds_the_rows_that_it_names()
    {
        double[,] rows = Rows(40, 4);
        DataObjective all = Objective.Sum(rows, s_branching), batch = all.Batch([3, 3, 39, 0]);
        double expected = 2 * all.Batch([3]).Value(s_x) + all.Batch([39]).Value(s_x) + all.Batch([0]).Value(s_x);
        batch.Value(s_x).ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void A_local_model_serves_many_directions_and_many_threads()
    {
        double[,] rows = Rows(500, 4);
        DataObjective f = Objective.Mean(rows, s_branching);
        using LocalModel at = f.At(s_x);
        double[] expected = f.Hvp(s_x.AsSpan(), s_v);
        Parallel.For(0, 16, _ => at.Hessian.Apply(s_v).ShouldBe(expected));
        double[,] hessian = at.Hessian.ToDense();
        for (int i = 0; i < 4; i++)
            Enumerable.Range(0, 4).Sum(j => hessian[i, j] * s_v[j]).ShouldBe(expected[i], 1e-12);
        double[] both = [.. s_v, .. s_v];
        at.Hessian.ApplyMany(both, both, 2);
        both.ShouldBe([.. expected, .. expected]);
        at.DirectionalDerivatives(s_v, 2)[2].ShouldBe(expected.Zip(s_v, (a, b) => a * b).Sum(), 1e-12);
    }

    [Fact]
    public void In_an_outer_function_a_captured_variable_is_refused_or_recorded()
    {
        double[,] rows = Rows(40, 4);
        Should.Throw<EscapedDependenceException>(
            () =>
            Objective.Of(x => Objective.Sum(rows, (y, row) => y[0] * x[1] * row[0]).Gradient((ReadOnlySpan<double>)[1.0])[0]).Value(s_x));
        Objective.Of(x => Objective.Sum(rows, (y, row) => y[0] * row[0]).Gradient((ReadOnlySpan<double>)[1.0])[0] * x[0]).Gradient(s_x)[0]
            .ShouldBe(Enumerable.Range(0, 40).Sum(i => rows[i, 0]), 1e-12);
    }
}
