using AutoDiff.Hvp;
using Term = System.Func<AutoDiff.VarVector, AutoDiff.DataVector, AutoDiff.Var>;

namespace AutoDiff.Tests.DataRows;

/// <summary>Sums over rows along curves, tile by tile, against a recording of all rows.</summary>
public class RowCurveTests
{
    private static readonly double[] s_x = [0.4, -0.8, 1.1, 0.3], s_n = [1.0, 0.5, -0.25, 0.75], s_m = [0.25, -1.0, 0.5, 2.0];

    private static double[,] Rows(int count)
    {
        double[,] rows = new double[count, 4];
        for (int i = 0; i < rows.Length; i++)
            rows[i / 4, i % 4] = Math.Sin(i + 0.1 * i * i);
        return rows;
    }

    private static void Check(double[,] rows, Term term)
    {
        DataObjective f = Objective.Mean(rows, term);
        using LocalModel at = f.At(s_x), recorded = Objective.Of(x => f.Value(x)).At(s_x);
        for (int order = 0; order <= TaylorExpansion.MaximumOrder; order++)
        {
            Agree(at.Expand(s_n, s_m, order), recorded.Expand(s_n, s_m, order), order);
            Close(at.DirectionalDerivatives(s_n, order), recorded.DirectionalDerivatives(s_n, order));
        }
    }

    private static void Agree(TaylorExpansion actual, TaylorExpansion expected, int order)
    {
        for (int k = 0; k <= order; k++)
        {
            Close([actual.Derivatives[k]], [expected.Derivatives[k]]);
            Close(actual.GradientDerivative(k).ToArray(), expected.GradientDerivative(k).ToArray());
        }
    }

    private static void Close(double[] actual, double[] expected)
    {
        double scale = Math.Max(1, expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max());
        actual.ShouldBe(expected, 1e-11 * scale);
    }

    [Theory, MemberData(nameof(RowLanesTests.ArrayTerms), MemberType = typeof(RowLanesTests))]
    public void Every_operation_agrees_with_a_recording_of_all_rows(string name, Term term)
    {
        name.ShouldNotBeEmpty();
        Check(Rows(21), term);
    }

    [Theory, MemberData(nameof(KeptTilesTests.Terms), MemberType = typeof(KeptTilesTests))]
    public void Many_rows_on_several_ways_agree_with_a_recording_of_all_rows(string name, Term term)
    {
        name.ShouldNotBeEmpty();
        // Neither a kink nor the pole of a root's derivative lies on the curve's start.
        Check(Rows(700), (x, row) => term(x + 2.0, row));
    }

    [Fact]
    public void Labels_choose_along_a_curve_too()
    {
        double[,] rows = Rows(70);
        for (int i = 0; i < 70; i++)
            rows[i, 2] = i * 7 % 4;
        Check(rows, (x, row) => (x * row[0]).CrossEntropy(row.Label(2)) + x[row.Label(2)] * row[1]);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4)]
    public void The_bits_do_not_depend_on_threads_and_the_lambda_does_not_run(int threads)
    {
        int runs = 0;
        DataObjective f = Objective.Mean(Rows(5_000), (x, row) =>
        {
            runs++;
            return row[0] > x[0] ? Math.Exp(x[1] * row[1]) : x.Dot(row) * x[3] * x[3];
        });
        using LocalModel one = f.At(s_x);
        List<int> reports = [];
        DataObjective many = f.With(new Reports(reports));
        many.MaxDegreeOfParallelism = threads;
        using LocalModel at = many.At(s_x);
        int before = runs;
        reports.Clear();
        TaylorExpansion actual = at.Expand(s_n, 3), expected = one.Expand(s_n, 3);
        runs.ShouldBe(before);
        reports[^1].ShouldBe(5_000);
        reports.ShouldBe(reports.Distinct().Order());
        for (int k = 0; k <= 3; k++)
        {
            actual.Derivatives[k].ShouldBe(expected.Derivatives[k]);
            actual.GradientDerivative(k).ToArray().ShouldBe(expected.GradientDerivative(k).ToArray());
        }
    }

    private sealed class Reports(List<int> all) : IProgress<int>
    {
        public void Report(int value) => all.Add(value);
    }

    [Fact]
    public void A_curve_can_be_cancelled_on_its_way()
    {
        using CancellationTokenSource source = new();
        bool cancels = false;
        DataObjective f = Objective.Mean(Rows(5_000), (x, row) => Math.Exp(x.Dot(row)));
        using LocalModel at = f.With(new Canceller(() => cancels, source), source.Token).At(s_x);
        at.DirectionalDerivatives(s_n, 1)[0].ShouldBe(f.Value(s_x), 1e-12);
        cancels = true;
        Should.Throw<OperationCanceledException>(() => at.Expand(s_n, 2));
    }

    private sealed class Canceller(Func<bool> cancels, CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value)
        {
            if (cancels())
                source.Cancel();
        }
    }
}
