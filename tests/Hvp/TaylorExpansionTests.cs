using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;
using AutoDiff.Tests.Programs;
using Xunit.Abstractions;

namespace AutoDiff.Tests.Hvp;

/// <summary>Derivatives along lines and curves: closed forms, nested differentiation, differences of exact products, and the laws that tie
/// the orders together.</summary>
public sealed class TaylorExpansionTests(ITestOutputHelper output)
{
    private static readonly Objective s_peano = Objective.Of(x => (x[1] - x[0] * x[0]) * (x[1] - 2 * x[0] * x[0]));

    [Fact]
    public void Polynomials_have_their_derivatives_to_the_last_bit()
    {
        Objective.Of(x => x[0] * x[0] * x[0] * x[0]).DirectionalDerivatives([2], [1], 4).ShouldBe([16, 32, 48, 48, 24]);
        Objective.Of(x => Math.Pow(x[0], 4)).DirectionalDerivatives([2], [-1], 4).ShouldBe([16, -32, 48, -48, 24]);
        Objective.Of(x => x[0] * x[0] * x[0] - 3 * x[0] * x[1] * x[1]).DirectionalDerivatives([1, 2], [2, 1], 4).ShouldBe(
            [-11, -30, -30, 12, 0]);
        Objective.Of(x => Math.Square(x[0]) * Math.Square(x[1])).DirectionalDerivatives([0, 0], [3, 5], 4).ShouldBe(
            [0, 0, 0, 0, 24 * 9 * 25]);
    }

    [Fact]
    public void The_quartic_of_Peanos_function_along_the_curved_valley_is_negative()
    {
        using LocalModel model = s_peano.At([0, 0]);
        TaylorExpansion line = model.Expand([1, 0], 4);
        line.Derivatives.ToArray().ShouldBe([0, 0, 0, 0, 48]);
        line.GradientDerivative(0).ToArray().ShouldBe([0, 0]);
        line.GradientDerivative(1).ToArray().ShouldBe([0, 0]);
        line.GradientDerivative(2).ToArray().ShouldBe([0, -6]);
        line.GradientDerivative(3).ToArray().ShouldBe([48, 0]);
        // f⁴ − 3·f³ᵀH⁺f³ with H = diag(0, 2), and the same number on the parabola that bends by −H⁺f³.
        (line.Derivatives[4] - 3 * line.GradientDerivative(2)[1] * line.GradientDerivative(2)[1] / 2).ShouldBe(-6);
        model.Expand([1, 0], [0, 3], 4).Derivatives.ToArray().ShouldBe([0, 0, 0, 0, -6]);
    }

    [Fact]
    public void Elementary_functions_have_their_closed_forms()
    {
        double[] x = [0.7, -1.3], n = [0.5, 2];
        double a = x[0] + 2 * x[1], b = n[0] + 2 * n[1];
        Check(v => Math.Exp(v[0] + 2 * v[1]), k => Math.Exp(a) * Math.Pow(b, k));
        Check(v => Math.Sin(v[0] + 2 * v[1]), k => Math.Sin(a + k * Math.PI / 2) * Math.Pow(b, k));
        Check(v => Math.Cos(v[0] + 2 * v[1]), k => Math.Cos(a + k * Math.PI / 2) * Math.Pow(b, k));
        Check(v => 1 / v[0], k => new double[] { 1, -1, 2, -6, 24 }[k] * Math.Pow(n[0], k) / Math.Pow(x[0], k + 1));
        Check(v => Math.Log(v[0]), k => k == 0 ? Math.Log(x[0]) : new double[] { 1, -1, 2, -6 }[k - 1] * Math.Pow(n[0] / x[0], k));
        Check(v => Math.Sqrt(v[0]), k => new double[] { 1, 0.5, -0.25, 0.375, -0.9375 }[k] * Math.Pow(n[0], k) * Math.Pow(x[0], 0.5 - k));
        Check(v => Math.Tanh(v[0]), k => TanhDerivative(k, Math.Tanh(x[0])) * Math.Pow(n[0], k));

        void Check(Func<VarVector, Var> f, Func<int, double> exact)
        {
            double[] actual = Objective.Of(f).DirectionalDerivatives(x, n, 4);
            for (int k = 0; k <= 4; k++)
                actual[k].ShouldBe(exact(k), 4e-15 * (1 + Math.Abs(exact(k))));
        }

        static double TanhDerivative(int k, double y) => k switch
        {
            0 => y,
            1 => 1 - y * y,
            2 => -2 * y * (1 - y * y),
            3 => (1 - y * y) * (6 * y * y - 2),
            _ => (1 - y * y) * y * (16 - 24 * y * y),
        };
    }

    [Fact]
    public void Nested_differentiation_of_a_network_of_two_layers_agrees()
    {
        NetworkData data = new(4, 3, 3, 5);
        AgreesWithNesting(NetworkLambda.Arrays(data), data.Start(), 1e-13);
    }

    [Fact]
    public void Nested_differentiation_of_decompositions_and_reductions_agrees()
    {
        double[] x = [2.1, 0.3, -0.4, 0.2, 1.7, 0.5, -0.1, 0.6, 2.4];
        AgreesWithNesting(Objective.Of(v => v.Reshape(3, 3).LogDeterminant() + v.Norm() * v.LogSumExp()), x, 1e-13);
        AgreesWithNesting(Objective.Of(v => v.Reshape(3, 3).Solve(v[..3]).SquaredNorm()), x, 1e-13);
        AgreesWithNesting(Objective.Of(v => v.Reshape(3, 3).MatMul(v.Reshape(3, 3).Transpose()).Softmax().Trace() * v.Max()), x, 1e-13);
    }

    // f″[n, n] as an objective of its own, by recording derivatives, has the third and fourth as gradient and Hessian product.
    private void AgreesWithNesting(Objective f, double[] x, double tolerance)
    {
        double[] n = [.. x.Select((_, i) => Math.Cos(3 * i + 1))];
        Objective second = Objective.Of(p => f.Hvp(p, n).Dot(n));
        (double curvature, double[] third, double[] fourth) = (second.Value(x), second.Gradient(x), second.Hvp(x.AsSpan(), n));
        using LocalModel model = f.At(x);
        TaylorExpansion actual = model.Expand(n, 4);
        double worst = 0;
        Close([actual.Derivatives[0]], [f.Value(x)]);
        Close([actual.Derivatives[2]], [curvature]);
        Close([actual.Derivatives[3]], [Dot(third, n)]);
        Close([actual.Derivatives[4]], [Dot(fourth, n)]);
        Close(actual.GradientDerivative(0), f.Gradient(x));
        Close(actual.GradientDerivative(1), f.Hvp(x.AsSpan(), n));
        Close(actual.GradientDerivative(2), third);
        Close(actual.GradientDerivative(3), fourth);
        output.WriteLine($"worst error {worst:E1}");

        void Close(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            double scale = 1;
            foreach (double e in b)
                scale = Math.Max(scale, Math.Abs(e));
            for (int i = 0; i < b.Length; i++)
            {
                a[i].ShouldBe(b[i], tolerance * scale);
                worst = Math.Max(worst, Math.Abs(a[i] - b[i]) / scale);
            }
        }
    }

    [Fact]
    public void The_third_derivative_is_the_limit_of_differences_of_exact_products()
    {
        NetworkData data = new(4, 3, 3, 5);
        Objective f = NetworkLambda.Arrays(data);
        double[] x = data.Start(), n = [.. x.Select((_, i) => Math.Sin(2 * i + 1))];
        using LocalModel model = f.At(x);
        ReadOnlySpan<double> third = model.Expand(n, 2).GradientDerivative(2);
        double[] coarse = Difference(2e-3), fine = Difference(1e-3);
        for (int i = 0; i < x.Length; i++)
            third[i].ShouldBe((4 * fine[i] - coarse[i]) / 3, 1e-9);

        double[] Difference(double h)
        {
            double[] above = f.Hvp([.. x.Select((p, i) => p + h * n[i])], n), below = f.Hvp([.. x.Select((p, i) => p - h * n[i])], n);
            return [.. above.Select((a, i) => (a - below[i]) / (2 * h))];
        }
    }

    [Fact]
    public void Values_and_gradients_of_random_programs_fit_together()
    {
        Random random = new(3);
        double worst = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            RandomProgram program = new([.. Enumerable.Range(0, 25).Select(_ => random.Next())]);
            double[] x = [.. Enumerable.Range(0, RandomProgram.InputCount).Select(_ => 2 * random.NextDouble() - 1)];
            double[] n = [.. x.Select(_ => 2 * random.NextDouble() - 1)], m = [.. x.Select(_ => 2 * random.NextDouble() - 1)];
            Objective f = Objective.Of(program.Run);
            using LocalModel model = f.At(x);
            TaylorExpansion line = model.Expand(n, 4), curve = model.Expand(n, m, 4), across = model.Expand(m, 4);
            line.Derivatives.ToArray().ShouldBe(model.DirectionalDerivatives(n, 4));

            // d/dt f(x(t)) = ∇f(x(t))·x′(t), and its derivatives.
            for (int k = 1; k <= 4; k++)
            {
                Close(line.Derivatives[k], (1, Dot(line.GradientDerivative(k - 1), n)));
                Close(curve.Derivatives[k], (1, Dot(curve.GradientDerivative(k - 1), n)),
                    (k - 1, k == 1 ? 0 : Dot(curve.GradientDerivative(k - 2), m)));
            }
            // The chain rule on the parabola, from the derivatives on the line.
            Close(curve.Derivatives[2], (1, line.Derivatives[2]), (1, across.Derivatives[1]));
            Close(curve.Derivatives[3], (1, line.Derivatives[3]), (3, Dot(line.GradientDerivative(1), m)));
            Close(curve.Derivatives[4], (1, line.Derivatives[4]), (6, Dot(line.GradientDerivative(2), m)), (3, across.Derivatives[2]));
            double[] product = model.Hessian.Apply(n);
            for (int i = 0; i < x.Length; i++)
            {
                Close(line.GradientDerivative(0)[i], (1, model.Gradient[i]));
                Close(line.GradientDerivative(1)[i], (1, product[i]));
            }
        }
        output.WriteLine($"worst error {worst:E1}");

        void Close(double actual, params ReadOnlySpan<(double Factor, double Term)> terms)
        {
            double sum = 0, scale = 1;
            foreach ((double factor, double term) in terms)
            {
                sum += factor * term;
                scale += Math.Abs(factor * term);
            }
            actual.ShouldBe(sum, 1e-13 * scale);
            worst = Math.Max(worst, Math.Abs(actual - sum) / scale);
        }
    }

    [Fact]
    public void Powers_of_two_go_through_without_rounding()
    {
        NetworkData data = new(4, 3, 3, 5);
        Objective f = NetworkLambda.Arrays(data), scaled = Objective.Of(p => f.Value(p) * 1024);
        double[] x = data.Start(), n = [.. x.Select((_, i) => Math.Sin(2 * i + 1))];
        double[] once = f.DirectionalDerivatives(x, n, 4);
        scaled.DirectionalDerivatives(x, n, 4).ShouldBe([.. once.Select(d => 1024 * d)]);
        f.DirectionalDerivatives(x, [.. n.Select(e => 4 * e)], 4).ShouldBe([.. once.Select((d, k) => Math.ScaleB(d, 2 * k))]);
    }

    [Fact]
    public void Without_a_direction_nothing_moves()
    {
        using LocalModel model = Objective.Of(x => Math.Exp(x[0]) * Math.Sqrt(x[1])).At([1, 0]);
        TaylorExpansion still = model.Expand([0, 0], 4);
        still.Derivatives.ToArray().ShouldBe([0, 0, 0, 0, 0]);
        still.GradientDerivative(0).ToArray().ShouldBe(model.Gradient.ToArray());
        for (int k = 1; k <= 4; k++)
            still.GradientDerivative(k).ToArray().ShouldBe([0, 0]);
    }

    [Fact]
    public void Constants_and_single_variables_are_functions_too()
    {
        Objective.Of(_ => 3).DirectionalDerivatives([1, 2], [3, 4], 3).ShouldBe([3, 0, 0, 0]);
        using LocalModel constant = Objective.Of(_ => 3).At([1, 2]), second = Objective.Of(x => x[1]).At([1, 2]);
        constant.Expand([3, 4], 1).GradientDerivative(1).ToArray().ShouldBe([0, 0]);
        second.Expand([3, 4], 2).Derivatives.ToArray().ShouldBe([2, 4, 0]);
        second.Expand([3, 4], [5, 6], 2).Derivatives.ToArray().ShouldBe([2, 4, 6]);
        second.Expand([3, 4], 2).GradientDerivative(0).ToArray().ShouldBe([0, 1]);
        second.Expand([3, 4], 0).Derivatives.ToArray().ShouldBe([2]);
    }

    [Fact]
    public void A_larger_expansion_repeats_a_smaller_one()
    {
        using LocalModel model = Objective.Of(x => Math.Sin(x[0] * x[1]) / (2 + x[1]) + Math.Pow(x[0], x[1])).At([0.7, 1.3]);
        TaylorExpansion all = model.Expand([0.5, -2], 4);
        for (int order = 0; order <= 4; order++)
        {
            TaylorExpansion lower = model.Expand([0.5, -2], order);
            (lower.Order, lower.Dimension).ShouldBe((order, 2));
            for (int k = 0; k <= order; k++)
            {
                lower.Derivatives[k].ShouldBe(all.Derivatives[k]);
                lower.GradientDerivative(k).ToArray().ShouldBe(all.GradientDerivative(k).ToArray());
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
