using AutoDiff.Hvp;

namespace AutoDiff.Tests.Hvp.Kinks;

/// <summary>What a model says of the kinks near its point.</summary>
public class KinkReportTests
{
    [Fact]
    public void Kinks_come_by_distance_with_operation_operands_and_place()
    {
        using LocalModel model = Objective.Of(v => Math.Abs(v[0] - 3) + Math.Max(2 * v[0], v[1]) + (v[1] > 10 ? v[1] : 1)).At([1, 5]);
        KinkReport kinks = model.Kinks;
        kinks.Select(k => k.Operation).ShouldBe(["Max", "Abs", ">"]);
        kinks[0].Operands.ShouldBe([2, 5]);
        kinks.Select(k => k.Argument).ShouldBe([-3, -2, -5]);
        kinks[0].Distance.ShouldBe(3 / Math.Sqrt(5), 1e-15);
        kinks[1].Distance.ShouldBe(2);
        kinks[1].Instruction.ShouldBe(1);
        kinks[2].ToString().ShouldBe("5 > 10 at operation 5, 5 away");
        kinks.ShouldAllBe(k => k.Kind == KinkKind.Selection && k.Row == -1);
        model.Kinks.ShouldBeSameAs(kinks);
    }

    [Fact]
    public void Elements_and_rows_are_named()
    {
        KinkReport kinks = KinkReport.Of(
            Objective.Mean(new double[,] { { 5, 1 }, { 2, 7 }, { 4, 4 } }, (v, row) => Math.Relu(v - (VarVector)row).Sum()), [2.5, 3]);
        kinks.TotalCount.ShouldBe(6);
        (kinks[0].Row, kinks[0].Element, kinks[0].Distance).ShouldBe((1, 0, 0.5));
        (kinks[1].Row, kinks[1].Element, kinks[1].Distance).ShouldBe((2, 1, 1.0));
    }

    [Fact]
    public void Comparisons_of_data_are_no_kinks_of_the_variables()
    {
        Objective f = Objective.Sum(new double[,] { { 0 }, { 1 } }, (v, row) => row[0] == 0 ? v[0] : v[0] * v[0]);
        KinkReport.Of(f, [2]).ShouldAllBe(k => double.IsPositiveInfinity(k.Distance));
        SelectionSet.Of(f, [2], 1e9).Selections.Count.ShouldBe(1);
    }

    [Theory, InlineData(3), InlineData(200)]
    public void Distances_are_exact_for_many_variables_too(int n)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i + 1))];
        KinkReport kinks = KinkReport.Of(Objective.Of(v => Math.Abs(v.Dot(v) - 1) + Math.Relu(v[0] * v[1]) + Math.Relu(v[2] - 0.25)), x);
        double square = x.Sum(t => t * t);
        kinks.Single(k => k.Operation == "Abs").Distance.ShouldBe(Math.Abs(square - 1) / (2 * Math.Sqrt(square)), 1e-13);
        kinks.Single(k => k.Argument == x[0] * x[1]).Distance.ShouldBe(Math.Abs(x[0] * x[1]) / Math.Sqrt(x[0] * x[0] + x[1] * x[1]), 1e-13);
        kinks.Single(k => k.Argument == x[2] - 0.25).Distance.ShouldBe(Math.Abs(x[2] - 0.25), 1e-13);
    }

    [Fact]
    public void A_network_of_many_units_is_surveyed()
    {
        double[,] weights = new double[300, 40];
        for (int i = 0; i < 300; i++)
        {
            for (int j = 0; j < 40; j++)
                weights[i, j] = Math.Cos(i * 40 + j);
        }
        KinkReport kinks = KinkReport.Of(
            Objective.Of(v => Math.Relu(((VarMatrix)weights).MatMul(v)).Sum()), [.. Enumerable.Range(0, 40).Select(i => 1.0 + i % 7)]);
        kinks.TotalCount.ShouldBe(300);
        kinks.Zip(kinks.Skip(1)).ShouldAllBe(p => p.First.Distance <= p.Second.Distance);
    }

    [Fact]
    public void Nothing_is_kept_of_a_trace_in_later_recordings()
    {
        Objective f = Objective.Of(v => Math.Abs(v[0]) * v[1]);
        double[] before = f.Gradient([0, 2]);
        KinkReport.Of(f, [0, 2]);
        Should.Throw<ArithmeticException>(() => KinkReport.Of(Objective.Of(_ => throw new ArithmeticException()), [0, 2]));
        f.Gradient([0, 2]).ShouldBe(before);
    }
}
