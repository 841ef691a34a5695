using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.Sweeps;

/// <summary>Products that are taken together are those that are taken one by one, to the bit, also where some directions need absolute
/// zeros and others do not.</summary>
public class ManyProductsTests
{
    public static TheoryData<string, Func<VarVector, Var>> Functions => new()
    {
        { "square root", x => Math.Sqrt(x[0]) * x[1] * x[2] + x[0] * x[1] },
        { "array square root", x => Math.Sqrt(x).Sum() * x[2] },
        { "quotient", x => (x[0] / x[1]) * x[2] + Math.Sin(x[2]) },
        { "root of a dot product", x => Math.Sqrt(x.Dot(x)) * x[1] },
        { "branch", x => Math.Where(x[1] > 0, Math.Log(x[1]), x[1] * x[1]) * x[0] },
        { "norm", x => x.Norm() + Math.Pow(x[0], 1.5) },
    };

    [Theory, MemberData(nameof(Functions))]
    public void At_points_where_partials_are_infinite(string name, Func<VarVector, Var> f)
    {
        double[][] points = [[0, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 2], [0, double.PositiveInfinity, 1], [1, 2, 3]];
        Random random = new(1);
        foreach (double[] x in points)
        {
            using LocalModel at = Objective.Of(f).At(x);
            foreach (int count in new[] { 1, 7, 8, 9, 16, 19 })
            {
                double[] directions = [.. Enumerable.Range(0, 3 * count).Select(_ => random.Next(3) == 0 ? random.NextDouble() - 0.5 : 0)];
                double[] together = new double[3 * count];
                at.Hessian.ApplyMany(directions, together, count);
                double[] single = [.. Enumerable.Range(0, count).SelectMany(k => at.Hessian.Apply(directions.AsSpan(3 * k, 3)))];
                together.Select(BitConverter.DoubleToInt64Bits).ShouldBe(
                    single.Select(BitConverter.DoubleToInt64Bits), $"{name} at {string.Join(", ", x)}, {count} directions");
            }
        }
    }
}
