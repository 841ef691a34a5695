using AutoDiff.Hvp;
using AutoDiff.Tests.Core.Sweeps;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>What formulas of arrays with numbers and scalars mean, and functions of arrays that are made of others.</summary>
public sealed class ArraySpellingTests
{
    [Fact]
    public void A_fused_multiply_add_rounds_once()
    {
        // (1 + ε)² − (1 + 2ε) = ε², which two roundings lose.
        double near = 1 + Math.ScaleB(1, -30), lost = Math.ScaleB(1, -60), negative = -(1 + Math.ScaleB(1, -29));
        double[] x = [.. Enumerable.Repeat(near, 11)];
        using SweepHarness vector = new(y => Math.FusedMultiplyAdd(y, y, negative), x),
            matrix = new(y => Math.FusedMultiplyAdd(y.AsColumn(), y[0], negative).Flatten(), x);
        foreach (SweepHarness run in new[] { vector, matrix })
        {
            run.InstructionCount.ShouldBe(1);
            run.Value.ShouldAllBe(y => y == lost);
            run.Replay(x).ShouldAllBe(y => y == lost);
            run.Reference(x).Value.ShouldAllBe(y => y == lost);
        }
        Math.FusedMultiplyAdd((VarVector)x, x, negative).ToValues().ShouldAllBe(y => y == lost);
        VarVector.FusedMultiplyAdd(x, x, VarVector.Constant(negative)).ToValues().ShouldAllBe(y => y == lost);
    }

    [Fact]
    public void Matrices_take_scalars_and_numbers_on_either_side()
    {
        double[] x = [2, 3, 5, 7];
        HyperDual[] sums = Same(
            y =>
                [2 * M(y), M(y) + 1, y[0] * M(y), M(y) - y[..2], y[..2] - M(y), M(y) / y[1], 1 / M(y), M(y) * 0.5, 3 - M(y), y[1] - M(y),
                M(y) % 2, 20 % M(y)],
            (y, i, j) =>
                [2 * y[2 * i + j], y[2 * i + j] + 1, y[0] * y[2 * i + j], y[2 * i + j] - y[j], y[j] - y[2 * i + j], y[2 * i + j] / y[1],
                1 / y[2 * i + j], y[2 * i + j] * 0.5,
                3 - y[2 * i + j], y[1] - y[2 * i + j], y[2 * i + j] % 2, 20 % y[2 * i + j]], x);
        sums.Length.ShouldBe(12);

        static VarMatrix M(VarVector y) => y.Reshape(2, 2);
    }

    [Fact]
    public void Logarithms_have_bases()
    {
        double[] x = [2, 3, 5, 7];
        Same(
            y =>
                [Math.Log(y.Reshape(2, 2), 10), Math.Log(y.Reshape(2, 2), y[0]), Math.Log(y.Reshape(2, 2), y[..2]),
                Math.Log(y, 3).Reshape(2, 2), Math.Log(y, y[1]).Reshape(2, 2),
                Math.Log(y[3], y).Reshape(2, 2), Math.Log(y, y * y).Reshape(2, 2), Math.Log(10, y).Reshape(2, 2)],
            (y, i, j) =>
                [Log(y[2 * i + j], 10), Log(y[2 * i + j], y[0]), Log(y[2 * i + j], y[j]), Log(y[2 * i + j], 3), Log(y[2 * i + j], y[1]),
                Log(y[3], y[2 * i + j]), Log(y[2 * i + j], y[2 * i + j] * y[2 * i + j]), Log(10, y[2 * i + j])], x);

        static HyperDual Log(HyperDual x, HyperDual b) => HyperDual.Log(x) / HyperDual.Log(b);
    }

    /// <summary>Weighted sums of 2 × 2 matrices against loops: value, gradient and product.</summary>
    private static HyperDual[] Same(Func<VarVector, VarMatrix[]> recorded, Func<HyperDual[], int, int, HyperDual[]> elements, double[] x)
    {
        double[,] weights = { { 1, -2 }, { 3, 0.5 } };
        double[] v = [0.3, -1, 0.7, 2];
        HyperDual[] Plain(HyperDual[] y) => [.. Enumerable.Range(0, elements(y, 0, 0).Length).Select(k =>
            HyperDual.Sum(from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 2) select weights[i, j] * elements(y, i, j)[k]))];
        HyperDual[] values = Plain([.. x.Select(p => (HyperDual)p)]);
        for (int k = 0; k < values.Length; k++)
        {
            Objective f = Objective.Of(y => (recorded(y)[k] * weights).Sum());
            f.Value(x).ShouldBe(values[k].A, 1e-13, $"value {k}");
            double[] gradient = f.Gradient(x), product = f.Hvp(x, v);
            for (int i = 0; i < x.Length; i++)
            {
                HyperDual exact = Plain([.. x.Select((p, j) => new HyperDual(p, i == j ? 1 : 0, v[j]))])[k];
                gradient[i].ShouldBe(exact.B, 1e-13, $"gradient {k}");
                product[i].ShouldBe(exact.D, 1e-13, $"product {k}");
            }
        }
        return values;
    }
}
