using AutoDiff.Engine;
using AutoDiff.Hvp;
using AutoDiff.Tests.Core.Sweeps;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>Composite operations where a naive formula overflows, cancels or divides zero by zero.</summary>
public sealed class HardArgumentTests
{
    private const double Infinity = double.PositiveInfinity;

    public static TheoryData<double> Shifts => [0, 745, -745, 1e8, -1e8, 1e15, 1e308, -1e308];

    [Theory]
    [MemberData(nameof(Shifts))]
    public void Softmax_and_its_kin_do_not_mind_a_shift(double shift)
    {
        // Differences that survive the shift exactly: of neighbours in the binary grid at the shift's magnitude.
        double unit = Math.Max(0.5, Math.BitIncrement(Math.Abs(shift)) - Math.Abs(shift));
        double[] differences = unit > 1e3 ? [0, 0, 0] : [0, unit, -unit];
        double[] x = [.. differences.Select(d => shift + d)], p = [.. differences.Select(d => Math.Exp(d) / differences.Sum(Math.Exp))];
        double[] w = [1, -2, 0.5], v = [0.3, 0.7, -1.1];
        Objective logSumExp = Objective.Of(y => y.LogSumExp()), weighted = Objective.Of(y => y.Softmax().Dot(w)),
            crossEntropy = Objective.Of(y => y.CrossEntropy(1));

        Close(logSumExp.Value(x) - shift, Math.Log(differences.Sum(Math.Exp)), Math.Max(1e-15, Math.Abs(shift) * 2e-16));
        Close(logSumExp.Gradient(x), p);
        Close(logSumExp.Hvp(x, v), SoftmaxDerivative(p, v));
        Close(weighted.Gradient(x), SoftmaxDerivative(p, w));
        Close(crossEntropy.Value(x), -Math.Log(p[1]), 1e-15);
        Close(crossEntropy.Gradient(x), [p[0], p[1] - 1, p[2]]);
        Close(crossEntropy.Hvp(x, v), SoftmaxDerivative(p, v));
    }

    [Fact]
    public void Extreme_differences()
    {
        double[] x = [1e308, -1e308, 0];
        Objective.Of(y => y.LogSumExp()).Value(x).ShouldBe(1e308);
        Objective.Of(y => y.LogSumExp()).Gradient(x).ShouldBe([1, 0, 0]);
        Objective.Of(y => y.CrossEntropy(0)).Value(x).ShouldBe(0);
        Objective.Of(y => y.CrossEntropy(2)).Value(x).ShouldBe(1e308);
        // The loss of a confident and right answer, which log(1 + ·) keeps.
        Close(Objective.Of(y => y.CrossEntropy(0)).Value([50.0, 0.0]), 1.9287498479639178e-22, 1e-37);
        Close(Objective.Of(y => y.CrossEntropy(0)).Value([745.0, 0.0]), Math.Exp(-745), 0);
    }

    [Fact]
    public void Infinite_elements()
    {
        Objective logSumExp = Objective.Of(y => y.LogSumExp());
        Close(logSumExp.Value([-Infinity, 1, 2]), 2 + Math.Log(1 + Math.Exp(-1)), 1e-15);
        double[] gradient = logSumExp.Gradient([-Infinity, 1, 2]);
        gradient[0].ShouldBe(0);
        Close(gradient[2], 1 / (1 + Math.Exp(-1)), 1e-15);
        foreach (double[] x in new double[][] { [-Infinity, -Infinity], [Infinity, 1] })
        {
            logSumExp.Value(x).ShouldBe(x[0]);
            logSumExp.Gradient(x).ShouldBe([0, 0]);
            logSumExp.Hvp(x, [1, 2]).ShouldBe([0, 0]);
            Objective.Of(y => y.Softmax()[0]).Value(x).ShouldBe(double.NaN);
            Objective.Of(y => y.LogSoftmax()[0]).Value(x).ShouldBe(double.NaN);
        }
        logSumExp.Value([double.NaN, 1]).ShouldBe(double.NaN);
        // Whatever stands in a row that is multiplied by zero, no derivative comes of it.
        Objective unused = Objective.Of(
            y => (y.Reshape(2, 2).Softmax().Row(0) * 0.0 + y.Reshape(2, 2).Softmax().Row(1)).Dot(new double[] { 1, 2 }));
        unused.Gradient([-Infinity, -Infinity, 0, 0]).ShouldBe([0, 0, -0.25, 0.25]);
        // f'' of 1 + σ(d) at d = 0 is 0, and the row without a value takes no part.
        unused.Hvp([-Infinity, -Infinity, 0, 0], [1, 2, 3, 4]).ShouldBe([0, 0, 0, 0]);
        Objective.Of(y => (y.Reshape(2, 2).LogSoftmax().Row(0) * 0.0 + y.Reshape(2, 2).LogSoftmax().Row(1)).Sum()).Hvp(
            [-Infinity, -Infinity, 0, 0], [1, 2, 0, 1]).ShouldBe([0, 0, 0.5, -0.5]);
    }

    [Fact]
    public void The_hessian_of_softmax_cross_entropy_is_diagonal_less_outer_product()
    {
        double[] x = ArrayCase.Numbers(6), p = [.. x.Select(y => Math.Exp(y) / x.Sum(Math.Exp))];
        Objective f = Objective.Of(y => y.CrossEntropy(2));
        for (int j = 0; j < 6; j++)
        {
            double[] unit = new double[6];
            unit[j] = 1;
            Close(f.Hvp(x, unit), [.. Enumerable.Range(0, 6).Select(i => (i == j ? p[i] : 0) - p[i] * p[j])]);
        }
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    [InlineData(1e308)]
    [InlineData(1e-308)]
    [InlineData(1)]
    public void Norms_at_any_scale(double scale)
    {
        Objective norm = Objective.Of(x => x.Norm());
        double[] x = [0.3 * scale, -0.4 * scale, 0];
        Close(norm.Value(x) / scale, 0.5, 2e-16);
        Close(norm.Gradient(x), [0.6, -0.8, 0]);
        if (scale >= 1e-200)
            Close([.. norm.Hvp(x, [scale, 0, scale]).Select(h => h / 2)], [0.64, 0.48, 1]);
    }

    [Fact]
    public void Norms_of_the_least_numbers()
    {
        double least = double.Epsilon;
        Objective norm = Objective.Of(x => x.Norm());
        norm.Value([3 * least, 4 * least]).ShouldBe(5 * least);
        Close(norm.Gradient([3 * least, 4 * least]), [0.6, 0.8]);
        norm.Gradient([0, 0]).ShouldBe([0, 0]);
        norm.Hvp([0, 0], [1, 2]).ShouldBe([0, 0]);
        norm.Value([Infinity, 1]).ShouldBe(Infinity);
        norm.Value([double.NaN, 1]).ShouldBe(double.NaN);
        Objective.Of(x => x.SquaredNorm()).Hvp([0, 0], [1, 2]).ShouldBe([2, 4]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Products_with_zeros(int zeros)
    {
        double[] x = [.. ArrayCase.Numbers(6).Select((y, i) => i % 2 == 0 && i < 2 * zeros ? 0 : y)], v = ArrayCase.Numbers(6, 2);
        Objective product = Objective.Of(y => y.Product());
        for (int i = 0; i < 6; i++)
        {
            HyperDual exact = x.Select((y, j) => new HyperDual(y, i == j ? 1 : 0, v[j])).Aggregate((p, y) => p * y);
            Close(product.Gradient(x)[i], exact.B, 1e-15);
            Close(product.Hvp(x, v)[i], exact.D, 1e-14);
        }
    }

    [Fact]
    public void Elements_that_tie_share_equally()
    {
        double[] x = [3, 1, 3, 1, 3, 2];
        foreach ((Objective f, double[] share) in new (Objective, double[])[]
        {
            (Objective.Of(y => y.Max()), [1 / 3.0, 0, 1 / 3.0, 0, 1 / 3.0, 0]),
            (Objective.Of(y => y.Min()), [0, 0.5, 0, 0.5, 0, 0]),
        })
        {
            f.Gradient(x).ShouldBe(share);
            f.Hvp(x, [1, 2, 3, 4, 5, 6]).ShouldBe(new double[6]);
            using SweepHarness run = new(y => VarVector.Of(f.Value(y)), x);
            run.Tangent<Plain>([1, 2, 3, 4, 5, 6])[0].ShouldBe(3);
            run.Reference([1], [1, 2, 3, 4, 5, 6]).Tangent[0].ShouldBe(3);
            run.Reference([1]).Adjoint.ShouldBe(share);
        }
        // Three tied numbers whose sum rounds.
        double third = 0.1;
        using SweepHarness rounded = new(y => VarVector.Of(y.Max()), [third, third, third]);
        rounded.Reference([1], [1, 1, 1]).Tangent[0].ShouldBe(1, 1e-15);
        rounded.Reference([1], [1, 1, 1]).Hvp.ShouldBe([0, 0, 0]);
        Objective.Of(y => y.Max()).Value([1, double.NaN, 2]).ShouldBe(double.NaN);
        Objective.Of(y => y.Max()).Gradient([Infinity, 1]).ShouldBe([1, 0]);
    }

    [Fact]
    public void Nothing_of_an_empty_array()
    {
        Objective.Of(x => x.Sum() + x.Product() + x.Norm() + x.SquaredNorm()).Value([]).ShouldBe(1);
        Objective.Of(x => x.LogSumExp()).Value([]).ShouldBe(-Infinity);
        foreach (Func<VarVector, Var> f in new Func<VarVector, Var>[] { x => x.Mean(), x => x.Max(), x => x.Min(),
            x => x.Reshape(0, 3).MeanRows().Sum(), x => x.Reshape(3, 0).MaxColumns().Sum(), x => x.Reshape(3, 0).LogSumExp().Sum() })
            Should.Throw<InvalidOperationException>(() => Objective.Of(f).Value([]));
    }

    [Fact]
    public void Results_that_no_array_can_hold_are_refused()
    {
        double[] x = new double[1 << 16];
        foreach (Func<VarVector, Var> f in new Func<VarVector, Var>[] { y => (y.AsColumn() * y.AsRow())[0, 0], y => y.Outer(y)[0, 0] })
            Should.Throw<ShapeMismatchException>(() => Objective.Of(f).Value(x)).Message.ShouldContain("65536 × 65536");
    }

    private static double[] SoftmaxDerivative(double[] p, double[] v)
    {
        double mean = p.Zip(v, (a, b) => a * b).Sum();
        return [.. p.Zip(v, (a, b) => a * (b - mean))];
    }

    private static void Close(double actual, double expected, double tolerance)
    {
        if (!(Math.Abs(actual - expected) <= tolerance))
            Assert.Fail($"{actual:R} should be {expected:R} to {tolerance:g2}.");
    }

    private static void Close(double[] actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < actual.Length; i++)
            Close(actual[i], expected[i], 3e-15);
    }
}
