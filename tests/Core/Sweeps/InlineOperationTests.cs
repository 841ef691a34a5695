using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.Sweeps;

/// <summary>
/// The operations that stand in the sweeps' loops themselves, each inside other functions so that every term of its first and second
/// derivative counts, and in every order that the sweeps take in one go (s + x·y). Oracle: differences of values.
/// </summary>
public class InlineOperationTests
{
    private static readonly Dictionary<string, Func<VarVector, Var>> s_functions = new()
    {
        ["x + y"] = v => Math.Exp(v[0] * v[0] + v[1] * v[2]),
        ["x − y"] = v => Math.Exp(v[0] * v[0] - v[1] * v[2] * v[2]),
        ["x·y"] = v => Math.Sin((v[0] + v[1]) * (v[1] * v[2])),
        ["x/y"] = v => Math.Exp((v[0] * v[1]) / (v[1] + v[2] * v[2])),
        ["−x"] = v => Math.Exp(-(v[0] * v[1])) * v[2],
        ["x²"] = v => Math.Exp((v[0] * v[1]) * (v[0] * v[1])) + Math.Sin(Math.Square(v[1] * v[2])),
        ["x + c"] = v => Math.Sin(v[0] * v[1] + 0.75) * v[2],
        ["x − c"] = v => Math.Sin(v[0] * v[1] - 0.75) * v[2],
        ["c − x"] = v => Math.Exp(0.75 - v[0] * v[1]) * v[2],
        ["c·x"] = v => Math.Exp(0.75 * (v[0] * v[1])) * v[2],
        ["x/c"] = v => Math.Exp(v[0] * v[1] / 1.75) * v[2],
        ["c/x"] = v => Math.Exp(1.75 / (v[0] * v[1] + 1)) * v[2],
        ["sum of products"] = v => Math.Exp(v[0] * v[0] + v[0] * v[1] + v[1] * v[2] + v[2] * v[2]),
        ["product + sum"] = v =>
        {
            Var s = Math.Sin(v[0]);
            Var p = v[1] * v[2];
            return Math.Exp(p + s);
        },
        ["sum + product that is used again"] = v =>
        {
            Var s = Math.Sin(v[0]), p = v[1] * v[2];
            return (s + p) * p + Math.Exp(p);
        },
        ["product, then another sum"] = v =>
        {
            Var s = Math.Sin(v[0]), p = v[1] * v[2], q = s + v[0];
            return p * q + Math.Exp(p - q);
        },
        ["product before a sum of others"] = v =>
        {
            Var s = Math.Exp(v[0]), t = Math.Sin(v[2]), p = v[1] * v[2], q = s + t;
            return q * p;
        },
        ["product twice in a sum"] = v =>
        {
            Var p = v[0] * v[1];
            return Math.Sin(p + p) * v[2];
        },
        ["ends with a product"] = v => Math.Sin(v[0]) * Math.Exp(v[1] * v[2]),
        ["ends with a sum and a product"] = v => Math.Sin(v[0] * v[1]) + v[1] * v[2],
        ["ends with a square"] = v => Math.Square(v[0] + Math.Sin(v[1] * v[2])),
    };

    public static TheoryData<string> Names => [.. s_functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Derivatives_are_those_of_the_values(string name)
    {
        Objective f = Objective.Of(s_functions[name]);
        double[] x = [0.6, -0.8, 1.1];
        double[] gradient = f.Gradient(x);
        double[,] hessian = new double[3, 3];
        for (int i = 0; i < 3; i++)
        {
            gradient[i].ShouldBe(Slope(f, x, i), 1e-8 * (1 + Math.Abs(gradient[i])), $"∂{i}");
            for (int j = 0; j < 3; j++)
                hessian[i, j] = Bend(f, x, i, j);
        }
        double[] tangent = [0.3, -1.2, 0.7];
        VectorFunction.Of(v => VarVector.Of(s_functions[name](v))).Jvp(x, tangent)[0].ShouldBe(
            Enumerable.Range(0, 3).Sum(i => gradient[i] * tangent[i]), 1e-11);
        using LocalModel model = f.At(x);
        double[] directions = new double[9 * 3], products = new double[9 * 3]; // Eight side by side, and one.
        for (int k = 0; k < directions.Length; k++)
            directions[k] = Math.Sin(k + 1);
        model.Hessian.ApplyMany(directions, products, 9);
        for (int k = 0; k < 9; k++)
        {
            double[] one = f.Hvp(x, directions[(3 * k)..(3 * k + 3)]);
            for (int i = 0; i < 3; i++)
            {
                double expected = Enumerable.Range(0, 3).Sum(j => hessian[i, j] * directions[3 * k + j]);
                products[3 * k + i].ShouldBe(expected, 1e-5 * (1 + Math.Abs(expected)), $"Hv, direction {k}, element {i}");
                one[i].ShouldBe(products[3 * k + i], 1e-12 * (1 + Math.Abs(expected)));
            }
        }
    }

    // Central differences to the fourth order.
    private static double Slope(Objective f, double[] x, int i)
    {
        const double h = 1e-3;
        return (8 * (f.Value(Moved(x, i, h)) - f.Value(Moved(x, i, -h))) - (f.Value(Moved(x, i, 2 * h)) - f.Value(Moved(x, i, -2 * h)))) / (
            12 * h);
    }

    private static double Bend(Objective f, double[] x, int i, int j)
    {
        const double h = 1e-3;
        return (8 * (Slope(f, Moved(x, j, h), i) - Slope(f, Moved(x, j, -h), i))
            - (Slope(f, Moved(x, j, 2 * h), i) - Slope(f, Moved(x, j, -2 * h), i))) / (12 * h);
    }

    private static double[] Moved(double[] x, int i, double h)
    {
        double[] moved = [.. x];
        moved[i] += h;
        return moved;
    }
}
