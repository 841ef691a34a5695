using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;
using AutoDiff.Tests.Custom;

namespace AutoDiff.Tests.Hvp;

/// <summary>Derivatives along lines at kinks and poles, through functions of the caller's own, from many threads, and after
/// misuse.</summary>
public sealed class TaylorExpansionEdgeTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void Kinks_jumps_and_poles_keep_their_conventions_at_every_order()
    {
        Along(x => Math.Abs(x), 0).ShouldBe([0, 0, 0, 0, 0]);
        Along(x => Math.Abs(x) * x * x, -2).ShouldBe([8, -12, 12, -6, 0]);
        Along(x => Math.Max(x, 1), 1).ShouldBe([1, 0.5, 0, 0, 0]);
        Along(x => Math.Floor(x), 2).ShouldBe([2, 0, 0, 0, 0]);
        Along(x => Math.Relu(x), 0).ShouldBe([0, 0, 0, 0, 0]);
        Along(x => Math.Sqrt(x), 0).ShouldBe([0, Infinity, -Infinity, Infinity, -Infinity]);
        Along(x => Math.Log(x), 0).ShouldBe([-Infinity, Infinity, -Infinity, Infinity, -Infinity]);
        Along(x => 1 / x, 0).ShouldBe([Infinity, -Infinity, Infinity, -Infinity, Infinity]);
        Along(x => Math.Pow(x, 2.5), 0)[..3].ShouldBe([0, 0, 0]);
        Along(x => Math.Pow(x, 2.5), 0)[3].ShouldBe(Infinity);
        Along(x => Math.Pow(x, 3), -2).ShouldBe([-8, 12, -12, 6, 0]);
        Along(x => Math.Sqrt(x), -1).ShouldAllBe(d => double.IsNaN(d));
        Along(x => Math.Sin(x), double.NaN).ShouldAllBe(d => double.IsNaN(d));
    }

    [Fact]
    public void Branches_that_were_not_taken_do_no_harm()
    {
        Along(x => 0 * Math.Sqrt(x), 0).ShouldBe([0, 0, 0, 0, 0]);
        Along(x => Math.Where(x > 0, Math.Log(x), 0), 0).ShouldBe([0, 0, 0, 0, 0]);
        Along(x => x > 0 ? Math.Log(x) : x * x, 0).ShouldBe([0, 0, 2, 0, 0]);
        // The product is flat, and its factor's slope infinite, along the other axis only.
        using LocalModel model = Objective.Of(x => Math.Sqrt(x[0]) + x[1] * x[1]).At([0, 3]);
        model.DirectionalDerivatives([0, 1], 4).ShouldBe([9, 6, 2, 0, 0]);
    }

    [Fact]
    public void A_row_without_a_value_that_is_multiplied_by_zero_takes_no_part()
    {
        double[] x = [double.NegativeInfinity, double.NegativeInfinity, 0, 0];
        foreach (Func<VarMatrix, VarMatrix> rows in new Func<VarMatrix, VarMatrix>[] { m => m.Softmax(), m => m.LogSoftmax(),
            m => m * m.Softmax() })
        {
            Objective f = Objective.Of(y => (rows(y.Reshape(2, 2)).Row(0) * 0.0 + rows(y.Reshape(2, 2)).Row(1)).Dot(new double[] { 1, 2 }));
            using LocalModel model = f.At(x);
            TaylorExpansion expansion = model.Expand([0, 0, 3, 4], 4), everywhere = model.Expand([1, 2, 3, 4], 4);
            expansion.GradientDerivative(0).ToArray().ShouldBe(model.Gradient.ToArray());
            for (int k = 1; k <= 4; k++)
            {
                expansion.Derivatives[k].ShouldBe(
                    3 * expansion.GradientDerivative(k - 1)[2] + 4 * expansion.GradientDerivative(k - 1)[3], 1e-14);
                everywhere.GradientDerivative(k).ToArray().ShouldBe(expansion.GradientDerivative(k).ToArray());
            }
        }
    }

    [Fact]
    public void Without_a_solution_derivatives_of_every_order_are_unknown_and_not_zero()
    {
        double[] singular = [1, 2, 2, 4, 5], n = [1, -1, 0.5, 2, 3];
        foreach (Func<VarMatrix, Var> g in new Func<VarMatrix, Var>[]
        {
            a => a.LogDeterminant(), a => a.Inverse().Sum(), a => a.Solve(VarVector.Of(a[0, 0], 1)).Sum(), a => (a - 2).Cholesky().Sum(),
        })
        {
            using LocalModel model = Objective.Of(x => g(x[..4].Reshape(2, 2)) + x[4]).At(singular);
            TaylorExpansion expansion = model.Expand(n, 4);
            expansion.Derivatives[0].ShouldBe(model.Value);
            for (int k = 0; k <= 4; k++)
            {
                if (k > 0)
                    expansion.Derivatives[k].ShouldBe(double.NaN);
                // Of the lower triangle, which Cholesky reads.
                expansion.GradientDerivative(k).ToArray()[2..4].ShouldAllBe(d => double.IsNaN(d));
                expansion.GradientDerivative(k)[4].ShouldBe(k == 0 ? 1 : 0);
            }
            // Multiplied by zero it takes no part, and what does not move leaves the rest as it is.
            using LocalModel unused = Objective.Of(x => 0 * g(x[..4].Reshape(2, 2)) + x[4] * x[4]).At(singular);
            expansion = unused.Expand(n, 4);
            expansion.Derivatives[1..].ToArray().ShouldBe([30, 18, 0, 0]);
            expansion.GradientDerivative(0).ToArray().ShouldBe(unused.Gradient.ToArray());
            expansion.GradientDerivative(1).ToArray().ShouldBe([0, 0, 0, 0, 6]);
            model.DirectionalDerivatives([0, 0, 0, 0, 1], 4)[1..].ShouldBe([1, 0, 0, 0]);
        }
    }

    [Fact]
    public void Recorded_derivatives_without_a_solution_are_unknown_too()
    {
        Objective solution = Objective.Of(x => x.Reshape(2, 2).Solve(x[..2]).Sum());
        Objective.Of(x => solution.Gradient(x).Sum()).Gradient([1, 2, 2, 4]).ShouldAllBe(d => double.IsNaN(d));
        Objective.Of(x => solution.Hvp(x, new double[] { 1, 0, 2, 0 }).Sum()).Gradient([1, 2, 2, 4]).ShouldAllBe(d => double.IsNaN(d));
    }

    public static TheoryData<Coupled> InAlgebra => [new Coupled.WithJvp(), new Coupled.WithVjp(), new Coupled.WithBoth()];

    [Theory, MemberData(nameof(InAlgebra))]
    public void An_array_function_with_one_rule_has_every_order(Coupled function)
    {
        double[] x = [0.7, -1.3, 2.1, 0.4, -0.2], n = [1.0, 0.5, -2.0, 0.25, 3.0], m = [0.3, -1, 0.2, 2, -0.5];
        Objective Loss(Func<VarVector, VarVector> f) => Objective.Of(v => f(v * v).SquaredNorm() * v[0]);
        using LocalModel model = Loss(function.Apply).At(x), scalars = Loss(Coupled.InScalars).At(x);
        TaylorExpansion actual = model.Expand(n, m, 4), expected = scalars.Expand(n, m, 4);
        for (int k = 0; k <= 4; k++)
        {
            actual.Derivatives[k].ShouldBe(expected.Derivatives[k], 1e-13 * Math.Abs(expected.Derivatives[k]));
            double scale = expected.GradientDerivative(k).ToArray().Max(Math.Abs);
            for (int i = 0; i < x.Length; i++)
                actual.GradientDerivative(k)[i].ShouldBe(expected.GradientDerivative(k)[i], 1e-13 * scale);
        }
    }

    [Fact]
    public void An_array_function_with_numeric_rules_only_is_refused_by_name()
    {
        using LocalModel model = Objective.Of(x => new Coupled.WithNumbers().Apply(x).SquaredNorm() + x[0]).At([1, 2, 3]);
        foreach (Action expand in new Action[] { () => model.DirectionalDerivatives([1, 0, 0], 2), () => model.Expand([1, 0, 0], 3) })
        {
            string message = Should.Throw<MissingRuleException>(expand).Message;
            message.ShouldContain("WithNumbers");
            message.ShouldContain("IArrayJvp");
        }
        // Where it does not move, nothing is asked of it.
        model.DirectionalDerivatives([0, 0, 0], 4).ShouldBe([model.Value, 0, 0, 0, 0]);
    }

    [Fact]
    public void Many_threads_expand_at_once()
    {
        NetworkData data = new(4, 3, 3, 5);
        double[] x = data.Start(), n = [.. x.Select((_, i) => Math.Sin(2 * i + 1))];
        using LocalModel model = NetworkLambda.Arrays(data).At(x);
        TaylorExpansion alone = model.Expand(n, 4);
        Parallel.For(0, 16, _ =>
        {
            TaylorExpansion expansion = model.Expand(n, 4);
            expansion.Derivatives.ToArray().ShouldBe(alone.Derivatives.ToArray());
            expansion.GradientDerivative(3).ToArray().ShouldBe(alone.GradientDerivative(3).ToArray());
            model.Hessian.Apply(n).Length.ShouldBe(n.Length);
        });
    }

    [Fact]
    public void An_objective_over_data_expands_too()
    {
        double[,] rows = { { 1, 2 }, { -0.5, 3 }, { 2, -1 } };
        Objective f = Objective.Mean(rows, (x, row) => Math.Exp(x[0] * row[0]) * Math.Sin(x[1] * row[1]));
        Objective loop = Objective.Of(x =>
        {
            Var sum = 0;
            for (int i = 0; i < 3; i++)
                sum += Math.Exp(x[0] * rows[i, 0]) * Math.Sin(x[1] * rows[i, 1]);
            return sum / 3;
        });
        double[] actual = f.DirectionalDerivatives([0.3, 0.6], [1, -1], 4), expected = loop.DirectionalDerivatives([0.3, 0.6], [1, -1], 4);
        for (int k = 0; k <= 4; k++)
            actual[k].ShouldBe(expected[k], 1e-13 * (1 + Math.Abs(expected[k])));
    }

    [Fact]
    public void Misuse_is_told()
    {
        double[] weights = [1, 2];
        LocalModel model = Objective.Of(x => (x * x * weights).Sum()).At([1, 2]);
        Should.Throw<ShapeMismatchException>(() => model.DirectionalDerivatives([1], 2)).Message.ShouldContain("2 variables");
        Should.Throw<ShapeMismatchException>(() => model.Expand([1, 2, 3], 2));
        Should.Throw<ShapeMismatchException>(() => model.Expand([1, 2], [1], 2));
        Should.Throw<ArgumentOutOfRangeException>(() => model.DirectionalDerivatives([1, 2], 5)).Message.ShouldContain("0 … 4");
        Should.Throw<ArgumentOutOfRangeException>(() => model.Expand([1, 2], -1));
        TaylorExpansion expansion = model.Expand([1, 2], 1);
        Should.Throw<ArgumentOutOfRangeException>(() => expansion.GradientDerivative(2)).Message.ShouldContain("0 … 1");
        weights[1] = 3;
        Should.Throw<InvalidOperationException>(() => model.Expand([1, 2], 1));
        model.Dispose();
        Should.Throw<ObjectDisposedException>(() => model.DirectionalDerivatives([1, 2], 1));
        expansion.GradientDerivative(1).ToArray().ShouldBe([2, 8]);
    }

    private static double[] Along(Func<Var, Var> f, double x) => Objective.Of(v => f(v[0])).DirectionalDerivatives([x], [1], 4);
}
