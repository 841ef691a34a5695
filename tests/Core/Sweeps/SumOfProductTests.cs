using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.Sweeps;

/// <summary>The sweeps take s + x·y at once where the product stands right before the sum; whatever stands around it, the derivatives are
/// the same.</summary>
public class SumOfProductTests
{
    private static readonly double[] s_point = [1.5, -0.7, 2.3], s_direction = [0.3, 1.1, -0.4];

    public static TheoryData<string> Names() => [.. s_functions.Keys];

    private static readonly Dictionary<string,
        (Func<VarVector, Var> Recorded, Func<double[], double[]> Gradient, Func<double[], double[], double[]> Hvp)> s_functions = new()
    {
        ["a sum of inputs, first of all"] = (x => x[1] + x[2], _ => [0, 1, 1], (_, _) => [0, 0, 0]),
        ["s + x·y"] = (x => x[0] + x[1] * x[2], x => [1, x[2], x[1]], (_, v) => [0, v[2], v[1]]),
        ["x·y + s"] = (x => x[1] * x[2] + x[0], x => [1, x[2], x[1]], (_, v) => [0, v[2], v[1]]),
        ["p + p"] = (x => x[0] * x[1] is var p ? p + p : 0, x => [2 * x[1], 2 * x[0], 0], (_, v) => [2 * v[1], 2 * v[0], 0]),
        ["s + p, and p again"] = (x => (x[0] * x[1] is var p ? (x[2] + p) * p : 0),
            x => [(x[2] + 2 * x[0] * x[1]) * x[1], (x[2] + 2 * x[0] * x[1]) * x[0], x[0] * x[1]],
            (x, v) =>
            [
                2 * x[1] * x[1] * v[0] + (x[2] + 4 * x[0] * x[1]) * v[1] + x[1] * v[2],
                (x[2] + 4 * x[0] * x[1]) * v[0] + 2 * x[0] * x[0] * v[1] + x[0] * v[2],
                x[1] * v[0] + x[0] * v[1],
            ]),
        ["x + x·y"] = (x => x[0] + x[0] * x[1], x => [1 + x[1], x[0], 0], (_, v) => [v[1], v[0], 0]),
        ["s + x·x"] = (x => x[1] + x[0] * x[0], x => [2 * x[0], 1, 0], (_, v) => [2 * v[0], 0, 0]),
        ["after an array operation"] = (x => (x * x)[2] + x[0] * x[1], x => [x[1], x[0], 2 * x[2]], (_, v) => [v[1], v[0], 2 * v[2]]),
    };

    [Theory, MemberData(nameof(Names))]
    public void Derivatives_are_right(string name)
    {
        (Func<VarVector, Var> recorded, Func<double[], double[]> gradient, Func<double[], double[], double[]> hvp) = s_functions[name];
        Objective f = Objective.Of(recorded);
        using LocalModel at = f.At(s_point);
        double[] expected = hvp(s_point, s_direction), eight = new double[24], products = new double[24];
        for (int k = 0; k < 8; k++)
            s_direction.CopyTo(eight, 3 * k);
        at.Hessian.ApplyMany(eight, products, 8);
        for (int i = 0; i < 3; i++)
        {
            at.Gradient[i].ShouldBe(gradient(s_point)[i], 1e-14);
            at.Hessian.Apply(s_direction)[i].ShouldBe(expected[i], 1e-14);
            products[21 + i].ShouldBe(expected[i], 1e-14);
        }
    }
}
