using System.Numerics;

namespace AutoDiff.Tests.NumberTypes;

public class ForwardTests
{
    [Fact]
    public void A_slope_follows_the_product_rule()
    {
        double slope = Forward.Derivative(t => Math.Sin(t) * t, 0.3);
        slope.ShouldBe(Math.Cos(0.3) * 0.3 + Math.Sin(0.3), 1e-16);
        (double value, double derivative) = Forward.ValueAndDerivative(t => Math.Sin(t) * t, 0.3);
        value.ShouldBe(Math.Sin(0.3) * 0.3);
        derivative.ShouldBe(slope);
    }

    [Fact]
    public void Plain_code_with_branches_loops_and_constants_differentiates()
    {
        // Horner's x³ − 2x² + 5 on one branch, 7/x on the other.
        static Dual<double> F(Dual<double> x)
        {
            if (x < 0)
                return 7 / x;
            Dual<double> sum = 0;
            foreach (double c in (double[])[1, -2, 0, 5])
                sum = sum * x + c;
            return sum;
        }
        Forward.Derivative(F, 3).ShouldBe(3 * 9 - 4 * 3);
        Forward.Derivative(F, -2).ShouldBe(-7.0 / 4);
        Forward.Derivative(x => 5, 2).ShouldBe(0);
        Forward.Derivative(x => x, 2).ShouldBe(1);
    }

    [Fact]
    public void The_inner_level_holds_outer_variables_constant()
    {
        Forward.Derivative(x => x * Forward.Derivative<Dual<double>>(y => x + y, 1), 1).ShouldBe(1);
        Forward.Derivative(x => x * Forward.Derivative<Dual<double>>(y => x * y, 1), 4).ShouldBe(8);
        Forward.Derivative(x => x * Forward.Derivative(y => x * y, x), 4).ShouldBe(8);
    }

    [Fact]
    public void The_untyped_spelling_of_a_nested_call_throws_and_names_the_remedy()
    {
        Should.Throw<NestingException>(() => Forward.Derivative(x => x * Forward.Derivative(y => x + y, 1), 1))
            .Message.ShouldContain("Forward.Derivative<Dual<double>>(");
        Should.Throw<NestingException>(() => Forward.Derivative(x => x * Forward.Derivative(y => x * y, 1), 4));
        Should.Throw<NestingException>(() => Forward.Derivative(x => x * Forward.Derivative(y => x, 1), 4));
        Should.Throw<NestingException>(() => Forward.Derivative(x => Forward.Derivative(y => Math.Pow(y, x), 2), 4));
        Should.Throw<NestingException>(() => Forward.Derivative(x => Forward.DirectionalDerivative(y => y[0] * x, [1], [1]).Derivative, 4));
        Forward.Derivative(x => x * Forward.Derivative(y => Math.StopGradient(x) * y, 1), 4).ShouldBe(4);
    }

    [Fact]
    public void Every_operator_refuses_two_levels()
    {
        Dual<double> kept = default;
        Forward.Derivative(x => kept = x, 2);
        Func<Dual<double>, Dual<double>>[] uses =
        [
            x => x + kept, x => x - kept, x => x * kept, x => x / kept, x => x % kept, x => Math.Max(x, kept), x => Math.Hypot(kept, x),
            x => Math.FusedMultiplyAdd(x, 2, kept), x => kept, x => Math.LogAddExp(x, kept),
        ];
        foreach (Func<Dual<double>, Dual<double>> use in uses)
            Should.Throw<NestingException>(() => Forward.Derivative(use, 3));
    }

    [Fact]
    public void Three_levels_nest()
    {
        // g(x) = x · d/dy [ y · d/dz (x y z²) at z = y ] at y = x: the inner derivative is 2xyz = 2xy², times y gives 2xy³, its slope at y
        // with x held is 6xy² = 6x³, so g = 6x⁴ and g′ = 24x³.
        double slope = Forward.Derivative(
            x => x * Forward.Derivative<Dual<double>>(
                y => y * Forward.Derivative<Dual<Dual<double>>>(z => x * y * z * z, y),
                x),
            1.5);
        slope.ShouldBe(24 * Math.Pow(1.5, 3), 1e-13);
    }

    [Fact]
    public void Orders_one_to_three_of_closed_forms()
    {
        const double at = 0.7;
        (double value, double first, double second) = Forward.ValueAndDerivatives(x => Math.Exp(2 * x) * Math.Sin(x), at);
        double e = Math.Exp(2 * at), s = Math.Sin(at), c = Math.Cos(at);
        value.ShouldBe(e * s, 1e-14);
        first.ShouldBe(e * (2 * s + c), 1e-14);
        second.ShouldBe(e * (3 * s + 4 * c), 1e-13);
        Third(x => Math.Exp(2 * x) * Math.Sin(x), at).ShouldBe(e * (2 * s + 11 * c), 1e-12);
        Third(x => x * x * x * x, at).ShouldBe(24 * at, 1e-13);
        Third(x => 1 / x, at).ShouldBe(-6 / Math.Pow(at, 4), 1e-11);
        Forward.SecondDerivative(x => x / (1 + x), 2).ShouldBe(-2.0 / 27, 1e-16);
    }

    [Fact]
    public void A_nested_derivative_by_currying_is_the_mixed_partial()
    {
        // ∂²/∂x∂y of xʸ = xʸ⁻¹(1 + y ln x).
        double mixed = Forward.Derivative(x => Forward.Derivative<Dual<double>>(y => Math.Pow(x, y), 2.5), 1.7);
        mixed.ShouldBe(Math.Pow(1.7, 1.5) * (1 + 2.5 * Math.Log(1.7)), 1e-14);
    }

    [Fact]
    public void Forward_inside_reverse_is_recorded()
    {
        // f(x) = x₀ · ∂/∂t (x₁ t² + sin t) at t = x₀ is x₀(2x₀x₁ + cos x₀).
        Objective f = Objective.Of(x => x[0] * Forward.Derivative<Var>(t => x[1] * (t * t) + Math.Sin(t), x[0]));
        double a = 0.8, b = 1.7;
        f.Value([a, b]).ShouldBe(a * (2 * a * b + Math.Cos(a)), 1e-15);
        double[] gradient = f.Gradient([a, b]);
        gradient[0].ShouldBe(4 * a * b + Math.Cos(a) - a * Math.Sin(a), 1e-14);
        gradient[1].ShouldBe(2 * a * a, 1e-15);
    }

    [Fact]
    public void A_direction_and_its_length_count()
    {
        (double value, double derivative) = Forward.DirectionalDerivative(x => x[0] * x[0] * x[1], [3, 5], [1, 2]);
        value.ShouldBe(45);
        derivative.ShouldBe(2 * 3 * 5 * 1 + 9 * 2);
        Should.Throw<ShapeMismatchException>(() => Forward.DirectionalDerivative(x => x[0], [3, 5], [1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(20)]
    public void The_gradient_by_chunks_is_the_closed_form(int n)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => 0.3 + 0.1 * i)];
        static MultiDual F(MultiDual[] x)
        {
            MultiDual sum = 0;
            for (int i = 0; i < x.Length; i++)
                sum += Math.Exp(x[i] * x[(i + 1) % x.Length]) / (2 + Math.Sin(x[i]));
            return sum;
        }
        double[] gradient = new double[n];
        double value = Forward.Gradient(F, x, gradient);
        double expectedValue = 0;
        double[] expected = new double[n];
        for (int i = 0; i < n; i++)
        {
            int j = (i + 1) % n;
            double e = Math.Exp(x[i] * x[j]), d = 2 + Math.Sin(x[i]);
            expectedValue += e / d;
            expected[i] += x[j] * e / d - e * Math.Cos(x[i]) / (d * d);
            expected[j] += x[i] * e / d;
        }
        value.ShouldBe(expectedValue, 1e-13 * expectedValue);
        for (int i = 0; i < n; i++)
            gradient[i].ShouldBe(expected[i], 1e-13 * Math.Abs(expected[i]));
        Forward.Gradient(F, x).ShouldBe(gradient);
    }

    [Fact]
    public void The_Jacobian_by_chunks_is_the_closed_form()
    {
        double[] x = [.. Enumerable.Range(1, 11).Select(i => (double)i)];
        double[,] jacobian = Forward.Jacobian(v => [v[0] * v[10], v[9] / v[1], 3, v[5] % 4], x);
        jacobian.GetLength(0).ShouldBe(4);
        jacobian.GetLength(1).ShouldBe(11);
        for (int j = 0; j < 11; j++)
        {
            jacobian[0, j].ShouldBe(j switch { 0 => 11, 10 => 1, _ => 0 });
            jacobian[1, j].ShouldBe(j switch { 9 => 0.5, 1 => -10.0 / 4, _ => 0 });
            jacobian[2, j].ShouldBe(0);
            jacobian[3, j].ShouldBe(j == 5 ? 1 : 0);
        }
        int calls = 0;
        Should.Throw<ShapeMismatchException>(() => Forward.Jacobian(v => new MultiDual[++calls], x));
        Should.Throw<ShapeMismatchException>(() => Forward.Gradient(v => v[0], x, new double[3]));
    }

    [Fact]
    public void A_number_kept_from_an_earlier_gradient_is_refused()
    {
        MultiDual kept = default;
        Forward.Gradient(x => kept = x[0], [1.0]);
        Should.Throw<NestingException>(() => Forward.Gradient(x => x[0] * kept, [1.0]));
        Should.Throw<NestingException>(() => Forward.Gradient(x => kept, [1.0]));
    }

    [Fact]
    public void Levels_of_different_threads_differ()
    {
        Forward.Derivative(x =>
        {
            Exception? thrown = null;
            var thread = new Thread(() => thrown = Record.Exception(() => Forward.Derivative(y => x * y, 1)));
            thread.Start();
            thread.Join();
            thrown.ShouldBeOfType<NestingException>();
            return x;
        }, 2).ShouldBe(1);
    }

    [Fact]
    public void Two_levels_forward_inside_reverse_of_every_order()
    {
        // f(x) = ∂²/∂t² (x₀ t³ eᵗ) at t = x₀: x₀(6t + 6t² + t³)eᵗ at t = x₀ is (6x² + 6x³ + x⁴)eˣ.
        Objective f = Objective.Of(x => Forward.Derivative<Var>(
            t => Forward.Derivative<Dual<Var>>(s => (Dual<Var>)x[0] * s * s * s * Math.Exp(s), t), x[0]));
        double x = 0.9, e = Math.Exp(x);
        f.Value([x]).ShouldBe((6 * x * x + 6 * x * x * x + x * x * x * x) * e, 1e-13);
        f.Gradient([x])[0].ShouldBe((12 * x + 24 * x * x + 10 * x * x * x + x * x * x * x) * e, 1e-12);
    }

    [Fact]
    public void A_variable_of_an_outer_level_that_enters_as_a_constant_keeps_its_own_derivative()
    {
        // d/dx of max(x·y, y) by y at 2, where the branch and the slope are x's: x.
        Forward.Derivative(x => Forward.Derivative<Dual<double>>(y => Math.Max(x * y, y), 2), 3).ShouldBe(1);
        Forward.Derivative(x => Forward.Derivative<Dual<double>>(y => Math.Pow(y, x), 2), 3).ShouldBe(4 * (1 + 3 * Math.Log(2)), 1e-14);
        Forward.Derivative(x => Forward.Derivative<Dual<double>>(y => y * y, 2), 3).ShouldBe(0);
        Forward.Derivative(x => Forward.Derivative<Dual<double>>(y => x, 2), 3).ShouldBe(0);
    }

    private static double Third(Func<Dual<Dual<Dual<double>>>, Dual<Dual<Dual<double>>>> f, double at) =>
        Forward.Derivative(x => Forward.Derivative(y => Forward.Derivative(f, y), x), at);
}
