using AutoDiff.Hvp;

namespace AutoDiff.Tests.Hvp.Kinks;

/// <summary>Kinks of sums over rows, looked at one row after the other: the same as those of a loop over the rows in one lambda.</summary>
public class RowKinksTests
{
    private static double[,] Rows(int count, int length, int seed)
    {
        var random = new Random(seed);
        double[,] rows = new double[count, length];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < length; j++)
                rows[i, j] = 2 * random.NextDouble() - 1;
        }
        return rows;
    }

    private static Objective Loop(double[,] rows, Func<VarVector, VarVector, Var> term) => Objective.Of(x =>
    {
        Var sum = 0;
        for (int i = 0; i < rows.GetLength(0); i++)
            sum += term(x, new double[rows.GetLength(1)].Select((_, j) => rows[i, j]).ToArray());
        return sum;
    });

    [Theory]
    [InlineData(3), InlineData(90)] // Distances by all axes, and by adjoints.
    public void They_are_those_of_a_loop(int n)
    {
        double[,] rows = Rows(40, n + 1, n);
        double[] x = [.. Enumerable.Range(0, n).Select(i => Math.Cos(i))];
        Func<VarVector, VarVector, Var> hinge = (v, row) =>
            Math.Relu(1 - row[n] * v.Dot(row[..n])) + (row[0] > v[0] ? Math.Abs(v[1] - row[1]) : 0);
        KinkReport byRows = KinkReport.Of(Objective.Sum(rows, (v, row) => hinge(v, (VarVector)row)), x),
            byLoop = KinkReport.Of(Loop(rows, hinge), x);
        byRows.TotalCount.ShouldBe(byLoop.TotalCount);
        byRows.Count.ShouldBe(byLoop.Count);
        for (int k = 0; k < byRows.Count; k++)
        {
            byRows[k].Operation.ShouldBe(byLoop[k].Operation);
            byRows[k].Row.ShouldBeInRange(0, 39);
            byRows[k].Distance.ShouldBe(byLoop[k].Distance, 1e-12 * (1 + byLoop[k].Distance));
        }
    }

    [Fact]
    public void The_nearest_thousand_are_listed()
    {
        double[,] rows = Rows(3000, 1, 4);
        KinkReport kinks = KinkReport.Of(Objective.Sum(rows, (v, row) => Math.Abs(v[0] - row[0])), [0.1]);
        double[] distances = [.. Enumerable.Range(0, 3000).Select(i => Math.Abs(0.1 - rows[i, 0])).Order().Take(1000)];
        kinks.TotalCount.ShouldBe(3000);
        kinks.Select(k => k.Distance).ShouldBe(distances, 1e-15);
    }

    [Fact]
    public void Smooth_rows_have_none_and_the_lambda_is_not_run_at_each()
    {
        int runs = 0;
        Objective f = Objective.Mean(Rows(20_000, 2, 5), (v, row) =>
        {
            runs++;
            return Math.Softplus(v[0] * row[0] + v[1] * row[1]);
        });
        KinkReport.Of(f, [0.5, -0.25]).TotalCount.ShouldBe(0);
        runs.ShouldBeLessThan(100);
    }

    [Fact]
    public void What_is_not_seen_is_said()
    {
        double[,] rows = { { 1 }, { 2 } };
        KinkReport.Of(Objective.Sum(rows, (v, row) => v[0] * Math.StopGradient(v[0]) * row[0]), [1.0]).Opaque.ShouldNotBeEmpty();
        KinkReport.Of(Objective.Sum(rows, (v, row) => v[0].Value > 1.5 ? v[0] : v[0] * row[0]), [1.0]).EscapedValue.ShouldNotBeNull();
    }

    [Fact]
    public void Selections_are_those_of_a_loop()
    {
        double[,] rows = { { 1 }, { 2 }, { -3 } };
        Func<VarVector, VarVector, Var> term = (v, row) => Math.Abs(v[0] - row[0]) * v[1];
        Objective byRows = Objective.Sum(rows, (v, row) => term(v, (VarVector)row)), byLoop = Loop(rows, term);
        foreach ((double[] x, int count) in new (double[], int)[] { ([2, 0.5], 2), ([0.5, 0.5], 1) })
        {
            SelectionSet one = SelectionSet.Of(byRows, x, 1e-9), two = SelectionSet.Of(byLoop, x, 1e-9);
            one.Selections.Count.ShouldBe(count);
            two.Selections.Count.ShouldBe(count);
            for (int k = 0; k < count; k++)
            {
                one.Selections[k].Gradient.ToArray().ShouldBe(two.Selections[k].Gradient.ToArray(), 1e-14);
                one.Selections[k].Objective!.Hvp(x, [1, 2]).ShouldBe(two.Selections[k].Objective!.Hvp(x, [1, 2]), 1e-14);
            }
        }
    }
}
