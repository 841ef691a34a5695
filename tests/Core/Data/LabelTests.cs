using AutoDiff.Hvp;

namespace AutoDiff.Tests.DataRows;

public class LabelTests
{
    private static readonly double[] s_x = [0.5, -1.0, 2.0, 0.25, 0.75, -0.5];

    private static Objective Over(Func<VarVector, DataVector, Var> term, params double[] row)
    {
        double[,] rows = new double[1, row.Length];
        for (int j = 0; j < row.Length; j++)
            rows[0, j] = row[j];
        return Objective.Sum(rows, term);
    }

    [Theory, InlineData(0), InlineData(2), InlineData(5)]
    public void Cross_entropy_has_gradient_p_minus_e_and_Hessian_diag_p_minus_pp(int label)
    {
        Objective f = Over((x, row) => x.CrossEntropy(row.Label(1)), -7, label);
        double sum = s_x.Sum(Math.Exp);
        double[] p = [.. s_x.Select(t => Math.Exp(t) / sum)], v = [1, -2, 0.5, 3, 0.1, 0.7];
        f.Value(s_x).ShouldBe(-Math.Log(p[label]), 1e-14);
        double pv = p.Zip(v, (a, b) => a * b).Sum();
        f.Gradient(s_x).ShouldBe(p.Select((t, i) => t - (i == label ? 1 : 0)), 1e-14);
        f.Hvp(s_x.AsSpan(), v).ShouldBe(p.Select((t, i) => t * (v[i] - pv)), 1e-14);
    }

    [Fact]
    public void Cross_entropy_does_not_overflow() =>
        Over((x, row) => (x * 1e300).CrossEntropy(row.Label(0)), 2).Value(s_x).ShouldBe(0);

    [Theory, InlineData(0), InlineData(1)]
    public void Elements_and_rows_are_selected_in_every_mode(int label)
    {
        // A table of 2 × 3; the selected row u and the element x[label]: (Σ u³)·x[label].
        Objective f = Over((x, row) =>
        {
            VarVector u = x.Reshape(2, 3).Row(row.Label(0));
            return (u * u * u).Sum() * x[row.Label(0)];
        }, label);
        Objective plain = Objective.Of(x =>
        {
            VarVector u = x.Slice(3 * label, 3);
            return (u * u * u).Sum() * x[label];
        });
        double[] v = [1, -2, 0.5, 3, 0.1, 0.7];
        f.Value(s_x).ShouldBe(plain.Value(s_x));
        f.Gradient(s_x).ShouldBe(plain.Gradient(s_x), 1e-13);
        f.Hvp(s_x.AsSpan(), v).ShouldBe(plain.Hvp(s_x.AsSpan(), v), 1e-13);
        double[,] directions = new double[9, 6];
        for (int i = 0; i < 54; i++)
            directions[i / 6, i % 6] = Math.Sin(i + 1);
        using LocalModel at = f.At(s_x), expected = plain.At(s_x);
        at.Hessian.Apply(directions).Cast<double>().ShouldBe(expected.Hessian.Apply(directions).Cast<double>(), 1e-13);
        Objective.Of(x => f.Hvp(x, v).SquaredNorm()).Gradient(s_x).ShouldBe(
            Objective.Of(x => plain.Hvp(x, v).SquaredNorm()).Gradient(s_x), 1e-12);
    }

    [Fact]
    public void A_constant_table_has_no_derivative()
    {
        double[] table = [1, 2, 3, 4, 5, 6];
        Objective f = Over((x, row) => ((VarVector)table).Reshape(2, 3).Row(row.Label(0)).Dot(x[..3]), 1);
        f.Gradient(s_x).ShouldBe([4, 5, 6, 0, 0, 0]);
        f.Hvp(s_x.AsSpan(), s_x).ShouldBe(new double[6]);
    }

    [Theory, InlineData(1.5), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(3e9)]
    public void What_is_no_whole_number_is_no_label(double number) =>
        Should.Throw<FormatException>(() => Over((x, row) => x[row.Label(1)], 0, number).Value(s_x)).Message.ShouldContain("Label(1)");

    [Fact]
    public void A_label_past_the_end_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Over((x, row) => x[row.Label(0)], 6).Value(s_x)).Message.ShouldContain("0 … 5");
        Should.Throw<ArgumentOutOfRangeException>(
            () => Over((x, row) => x.Reshape(2, 3).Row(row.Label(0))[0], 2).Value(s_x)).Message.ShouldContain("0 … 1");
        Should.Throw<ArgumentOutOfRangeException>(() => Over((x, row) => x.CrossEntropy(row.Label(1)), 2).Value(s_x));
    }

    [Fact]
    public void A_label_that_outlives_its_recording_is_refused()
    {
        DataLabel kept = default;
        Over((x, row) => x[kept = row.Label(0)], 1).Value(s_x);
        Should.Throw<StaleVariableException>(() => Objective.Of(x => x[kept]).Value(s_x));
        Should.Throw<StaleVariableException>(() => ((VarVector)s_x)[kept]);
    }
}
