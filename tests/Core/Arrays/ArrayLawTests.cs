using AutoDiff.Engine;
using AutoDiff.Hvp;
using AutoDiff.Rules;
using AutoDiff.Tests.Core.Sweeps;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>What holds of arrays as such: an element's bits, several uses at once, a network's R-equations, and the oracle of the
/// operations' tests itself.</summary>
public sealed class ArrayLawTests
{
    [Fact]
    public void The_bits_of_an_element_do_not_depend_on_its_place()
    {
        double[] x = ArrayCase.Numbers(100), y = ArrayCase.Numbers(100, 2);
        foreach (Func<VarVector, VarVector, VarVector> f in new Func<VarVector, VarVector, VarVector>[]
        {
            (a, b) => a * b, (a, b) => a / b, (a, _) => VarVector.Apply<Exp>(a), (a, b) => VarVector.Apply<Tanh>(a) - b,
            (a, b) => VarVector.Apply<Pow>(a * a, b),
        })
        {
            double[] whole = Everything(f, x, y, 0, 100);
            foreach ((int start, int length) in new[] { (0, 1), (3, 1), (5, 7), (8, 8), (11, 9), (50, 17), (99, 1), (1, 99) })
            {
                double[] part = Everything(f, x, y, start, length);
                for (int i = 0; i < part.Length; i++)
                    part[i].ShouldBe(whole[i / length * 100 + start + i % length], $"element {i % length} of [{start}, {start + length})");
            }
        }
        // And of a constant that folds.
        VarVector folded = (VarVector)x * y;
        using SweepHarness run = new(a => a * y, x);
        folded.View.Expand().ToArray().ShouldBe(run.Value);

        // Values, adjoints and Hessian-vector product, each as long as the slice.
        static double[] Everything(Func<VarVector, VarVector, VarVector> f, double[] x, double[] y, int start, int length)
        {
            double[] a = x[start..(start + length)], ones = [.. a.Select(_ => 1.0)];
            VarVector b = y[start..(start + length)];
            using SweepHarness run = new(v => f(v, b), a);
            return [.. run.Value, .. run.Adjoint<Plain>(ones), .. run.Tangent<Plain>(ones), .. run.Hvp<Plain>(ones, ones)];
        }
    }

    [Fact]
    public void A_two_layer_network_obeys_its_R_equations()
    {
        const int inputs = 3, hidden = 5, outputs = 2;
        double[] w = ArrayCase.Numbers(hidden * inputs + outputs * hidden), v = ArrayCase.Numbers(w.Length, 2),
            x = ArrayCase.Numbers(inputs, 3), t = ArrayCase.Numbers(outputs, 4);
        Objective error = Objective.Of(p =>
        {
            VarVector z = VarVector.Apply<Tanh>(p.Matrix(0, hidden, inputs).MatMul((VarVector)x)),
                y = p.Matrix(hidden * inputs, outputs, hidden).MatMul(z);
            return 0.5 * (y - t).SquaredNorm();
        });

        double W1(double[] p, int j, int i) => p[j * inputs + i];
        double W2(double[] p, int k, int j) => p[hidden * inputs + k * hidden + j];
        double[] a = [.. Enumerable.Range(0, hidden).Select(j => Enumerable.Range(0, inputs).Sum(i => W1(w, j, i) * x[i]))];
        double[] z = [.. a.Select(Math.Tanh)], first = [.. z.Select(h => 1 - h * h)], second = [.. z.Select(h => -2 * h * (1 - h * h))];
        double[] delta = [.. Enumerable.Range(0, outputs).Select(k => Enumerable.Range(0, hidden).Sum(j => W2(w, k, j) * z[j]) - t[k])];
        double[] ra = [.. Enumerable.Range(0, hidden).Select(j => Enumerable.Range(0, inputs).Sum(i => W1(v, j, i) * x[i]))];
        double[] rz = [.. ra.Select((r, j) => first[j] * r)];
        double[] ry = [.. Enumerable.Range(0, outputs).Select(
            k => Enumerable.Range(0, hidden).Sum(j => W2(w, k, j) * rz[j] + W2(v, k, j) * z[j]))];
        double[] rDelta = [.. Enumerable.Range(0, hidden).Select(j => Enumerable.Range(0, outputs).Sum(k =>
            second[j] * ra[j] * W2(w, k, j) * delta[k] + first[j] * W2(v, k, j) * delta[k] + first[j] * W2(w, k, j) * ry[k]))];
        double[] expected =
        [
            .. from j in Enumerable.Range(0, hidden) from i in Enumerable.Range(0, inputs) select x[i] * rDelta[j],
            .. from k in Enumerable.Range(0, outputs) from j in Enumerable.Range(0, hidden) select ry[k] * z[j] + delta[k] * rz[j],
        ];
        double[] actual = error.Hvp(w, v);
        for (int i = 0; i < w.Length; i++)
            actual[i].ShouldBe(expected[i], 5e-14);
    }

    [Fact]
    public void One_array_in_many_uses_collects_every_adjoint()
    {
        double[] x = ArrayCase.Numbers(9), v = ArrayCase.Numbers(9, 2);
        Objective f = Objective.Of(
            y =>
            (y * y[2..3]).Dot(y) + y[1..5].Dot(y[3..7]) * y[4]
            + y.Reshape(3, 3).MatMul(y.Reshape(3, 3).Transpose()).Softmax().Trace() * y.Norm());
        HyperDual Plain(HyperDual[] y)
        {
            HyperMatrix a = new(3, 3, (i, j) => y[3 * i + j]), product = a * a.Transpose();
            return HyperDual.Sum(y.Select(p => p * p * y[2]))
                + HyperDual.Sum(Enumerable.Range(0, 4).Select(i => y[1 + i] * y[3 + i])) * y[4]
                + HyperDual.Sum(product.EachRow.Select((row, i) => VectorCases.Softmax(row).ElementAt(i))) * HyperDual.Sqrt(
                    HyperDual.Sum(y.Select(p => p * p)));
        }
        double[] gradient = f.Gradient(x), product = f.Hvp(x, v);
        for (int i = 0; i < 9; i++)
        {
            HyperDual exact = Plain([.. x.Select((p, j) => new HyperDual(p, i == j ? 1 : 0, v[j]))]);
            gradient[i].ShouldBe(exact.B, 1e-13);
            product[i].ShouldBe(exact.D, 1e-13);
        }
    }

    [Fact]
    public void Hyper_dual_numbers_agree_with_differences()
    {
        const double h = 1e-4;
        foreach (Func<HyperDual, HyperDual> f in new Func<HyperDual, HyperDual>[] { HyperDual.Exp, HyperDual.Log, HyperDual.Sqrt,
            HyperDual.Tanh, x => 2 / x, x => x * x * x - x, x => -x })
        {
            HyperDual exact = f(new HyperDual(0.7, 1, 1));
            double below = f(0.7 - h).A, at = f(0.7).A, above = f(0.7 + h).A;
            exact.A.ShouldBe(at);
            exact.B.ShouldBe((above - below) / (2 * h), 1e-7);
            exact.C.ShouldBe(exact.B);
            exact.D.ShouldBe((above - 2 * at + below) / (h * h), 1e-6);
        }
        HyperDual mixed = (new HyperDual(0.7, 1, 0) * new HyperDual(1.3, 0, 1)) / new HyperDual(1.1, 0.5, 0.25);
        // x y / z along (x, y, z) = (0.7 + a, 1.3 + b, 1.1 + a/2 + b/4).
        static double Along(double a, double b) => (0.7 + a) * (1.3 + b) / (1.1 + a / 2 + b / 4);
        mixed.D.ShouldBe((Along(h, h) - Along(h, -h) - Along(-h, h) + Along(-h, -h)) / (4 * h * h), 1e-6);
    }
}
