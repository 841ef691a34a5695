using AutoDiff.Hvp;

namespace AutoDiff.Tests.DataRows;

public class DataObjectiveTests
{
    private static readonly double[,] s_rows = Rows(83);
    private static readonly double[] s_x = [0.4, -0.8, 1.1];
    private static readonly double[] s_v = [1.0, 2.0, -0.5];

    // Two features and a target.
    private static double[,] Rows(int count)
    {
        double[,] rows = new double[count, 3];
        for (int i = 0; i < count; i++)
            (rows[i, 0], rows[i, 1], rows[i, 2]) = (Math.Sin(i + 1), Math.Cos(3 * i), 0.1 * i);
        return rows;
    }

    private static Var SquaredResidual(VarVector x, DataVector row)
    {
        Var residual = x[..2].Dot(row[..2]) + x[2] - row[^1];
        return residual * residual;
    }

    private static readonly DataObjective s_mean = Objective.Mean(s_rows, SquaredResidual);

    private static double Residual(int i) => s_x[0] * s_rows[i, 0] + s_x[1] * s_rows[i, 1] + s_x[2] - s_rows[i, 2];

    private static double[] Design(int i) => [s_rows[i, 0], s_rows[i, 1], 1];

    [Fact]
    public void Value_gradient_and_Hessian_of_least_squares()
    {
        int n = s_rows.GetLength(0);
        double value = 0;
        double[] gradient = new double[3], product = new double[3];
        for (int i = 0; i < n; i++)
        {
            double[] a = Design(i);
            value += Residual(i) * Residual(i) / n;
            double av = a.Zip(s_v, (p, q) => p * q).Sum();
            for (int j = 0; j < 3; j++)
            {
                gradient[j] += 2 * Residual(i) * a[j] / n;
                product[j] += 2 * av * a[j] / n;
            }
        }
        s_mean.Value(s_x).ShouldBe(value, 1e-13);
        s_mean.Gradient(s_x).ShouldBe(gradient, 1e-13);
        s_mean.Hvp(s_x.AsSpan(), s_v).ShouldBe(product, 1e-13);
        using LocalModel at = s_mean.At(s_x);
        at.Gradient.ToArray().ShouldBe(gradient, 1e-13);
        Objective.Sum(s_rows, SquaredResidual).Value(s_x).ShouldBe(n * value, 1e-11);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(15), InlineData(16), InlineData(17), InlineData(48), InlineData(64), InlineData(83)]
    public void A_batch_of_all_rows_has_the_same_bits(int count)
    {
        DataObjective all = Objective.Mean(Rows(count), SquaredResidual);
        DataObjective batch = all.Batch([.. Enumerable.Range(0, count)]);
        double[] gradient = new double[3];
        batch.Gradient(s_x, gradient).ShouldBe(all.Value(s_x));
        batch.Value(s_x).ShouldBe(all.Value(s_x));
        gradient.ShouldBe(all.Gradient(s_x));
        all.Gradient(s_x).ShouldBe(all.Gradient(s_x));
        using LocalModel at = all.At(s_x);
        at.Value.ShouldBe(all.Value(s_x));
        all.Value((VarVector)s_x).Value.ShouldBe(all.Value(s_x), 1e-14 * (1 + Math.Abs(all.Value(s_x))));
    }

    [Fact]
    public void A_batch_is_the_mean_of_its_rows_also_within_a_batch()
    {
        DataObjective batch = s_mean.Batch([5, 80, 5, 2]);
        batch.RowCount.ShouldBe(4);
        double Mean(params int[] rows) => rows.Average(i => Residual(i) * Residual(i));
        batch.Value(s_x).ShouldBe(Mean(5, 80, 5, 2), 1e-13);
        batch.Batch([3, 1]).Value(s_x).ShouldBe(Mean(2, 80), 1e-13);
        Should.Throw<ArgumentOutOfRangeException>(() => s_mean.Batch([83]));
        Should.Throw<ArgumentOutOfRangeException>(() => batch.Batch([4]));
    }

    [Fact]
    public void The_gradient_may_overwrite_the_point()
    {
        double[] expected = s_mean.Gradient(s_x), both = [.. s_x, 0];
        s_mean.Gradient(both.AsSpan(0, 3), both.AsSpan(0, 3));
        both[..3].ShouldBe(expected);
        s_x.CopyTo(both, 0);
        s_mean.Gradient(both.AsSpan(0, 3), both.AsSpan(1, 3));
        both[1..].ShouldBe(expected);
        Should.Throw<ShapeMismatchException>(() => s_mean.Gradient(s_x, new double[2]));
    }

    [Fact]
    public void Mini_batches_go_through_all_rows_in_every_epoch_in_an_order_that_the_seed_decides()
    {
        // Each row's value is its own index, so that a batch can be read off.
        double[,] rows = new double[10, 1];
        for (int i = 0; i < 10; i++)
            rows[i, 0] = Math.Pow(10, i);
        DataObjective f = Objective.Sum(rows, (x, row) => x[0] * row[0]);
        f.BatchesPerEpoch(4).ShouldBe(3);
        double[] Take(ulong seed) => [.. f.MiniBatches(4, seed).Take(9).Select(b => b.Value([1.0]))];
        int[] sizes = [.. f.MiniBatches(4, 1).Take(6).Select(b => b.RowCount)];
        sizes.ShouldBe([4, 4, 2, 4, 4, 2]);
        double[] first = Take(7);
        for (int epoch = 0; epoch < 3; epoch++)
            first[(3 * epoch)..(3 * epoch + 3)].Sum().ShouldBe(1111111111);
        Take(7).ShouldBe(first);
        Take(8).ShouldNotBe(first);
        first[..3].ShouldNotBe(first[3..6]);
        Should.Throw<ArgumentOutOfRangeException>(() => f.MiniBatches(0, 1));
        Should.Throw<InvalidOperationException>(() => Objective.Sum(new double[0, 1], (x, _) => x[0]).MiniBatches(1, 1));
    }

    [Fact]
    public void Differentiable_by_an_outer_function()
    {
        // h(x) = ‖∇f(x)‖², whose gradient is 2 H ∇f.
        Objective h = Objective.Of(x => s_mean.Gradient(x).SquaredNorm());
        double[] g = s_mean.Gradient(s_x);
        h.Value(s_x).ShouldBe(g.Sum(t => t * t), 1e-12);
        h.Gradient(s_x).ShouldBe(s_mean.Hvp(s_x.AsSpan(), g).Select(t => 2 * t), 1e-12);
        // The rows' numbers may depend on an outer variable through the closure.
        Objective outer = Objective.Of(x => Objective.Sum(s_rows, (y, row) => y[0] * row[0] * x[1]).Value(x));
        double sum = Enumerable.Range(0, 83).Sum(i => s_rows[i, 0]);
        outer.Gradient(s_x).ShouldBe([sum * s_x[1], sum * s_x[0], 0], 1e-12);
        Should.Throw<EscapedDependenceException>(
            () => Objective.Of(x => Objective.Sum(s_rows, (y, row) => y[0] * x[1]).Value([1.0])).Value(s_x));
    }

    [Fact]
    public void Rows_may_branch_and_many_threads_may_use_one_objective()
    {
        DataObjective f = Objective.Sum(s_rows, (x, row) => row[0] > 0 ? x[0] * row[2] : x[1] * x[1]);
        double positive = Enumerable.Range(0, 83).Where(i => s_rows[i, 0] > 0).Sum(i => s_rows[i, 2]);
        int negative = Enumerable.Range(0, 83).Count(i => s_rows[i, 0] <= 0);
        double[] expected = f.Gradient(s_x);
        expected.ShouldBe([positive, negative * 2 * s_x[1], 0], 1e-11);
        Parallel.For(0, 64, _ => f.Gradient(s_x).ShouldBe(expected));
    }

    [Fact]
    public void An_exception_in_a_row_passes_through()
    {
        double[] before = s_mean.Gradient(s_x);
        DataObjective f = Objective.Sum(s_rows, (x, row) => row[2] == s_rows[40, 2] ? throw new FormatException("row 40") : x[0]);
        Should.Throw<FormatException>(() => f.Gradient(s_x)).Message.ShouldBe("row 40");
        s_mean.Gradient(s_x).ShouldBe(before);
    }
}
