using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.NestedTests;

/// <summary>Each differentiation sees its own variables only: the classical cases of perturbation confusion, in closed form.</summary>
public class PerturbationTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.3)]
    public void Outer_variables_are_constants_to_the_inner_derivative(double x)
    {
        // x·d/dy(x + y) = x
        Derivative(p => p * D(y => p + y, 1), x).ShouldBe(1);
        // x·d/dy(x·y) = x²
        Derivative(p => p * D(y => p * y, 2), x).ShouldBe(2 * x);
        // d/dy(x·y²) at y = x is 2x²
        Derivative(p => D(y => p * y * y, p), x).ShouldBe(4 * x, 1e-14);
        // y·d/dz(x·y·z²) at z = y is 2xy³, and its derivative at y = x is 6x³
        Derivative(p => D(y => y * D(z => p * y * z * z, y), p), x).ShouldBe(18 * x * x, 1e-13);
    }

    [Fact]
    public void A_result_that_is_an_outer_variable_has_no_inner_derivative()
    {
        Derivative(p => D(_ => p, p) + p, 3).ShouldBe(1);
        Derivative(p => D(_ => Math.Sin(p), p) * p, 3).ShouldBe(0);
        Objective outer = Objective.Of(p => Objective.Of(_ => p.Sum()).Gradient(p).Sum() + p[0]);
        outer.Gradient([1, 2]).ShouldBe([1, 0]);
    }

    [Fact]
    public void A_vector_from_the_last_outer_and_the_first_inner_variable_is_no_block()
    {
        Objective f = Objective.Of(p =>
        {
            Var s = p[0] * p[1];
            return Objective.Of(q =>
            {
                VarVector both = VarVector.Of(s, q[0]);
                return (both * both * both).Sum();
            }).Gradient(p)[0] * s;
        });
        // 3x²·xy
        f.Gradient([2, 5]).ShouldBe([9 * 4 * 5, 3 * 8]);
    }

    [Fact]
    public void Captured_vectors_and_points()
    {
        // h(p) = ⟨∇_q ⟨p∘p, exp(q∘p)⟩ at q = p, p⟩ = Σ p³·exp(p²)·p
        double[] x = [0.3, -0.7, 0.5];
        Objective h = Objective.Of(p => Objective.Of(q => (p * p).Dot(Math.Exp(q * p))).Gradient(p).Dot(p));
        double[] gradient = h.Gradient(x);
        for (int i = 0; i < 3; i++)
            gradient[i].ShouldBe((4 * Math.Pow(x[i], 3) + 2 * Math.Pow(x[i], 5)) * Math.Exp(x[i] * x[i]), 1e-14);
        double[] product = h.Hvp(x, [1, 1, 1]);
        for (int i = 0; i < 3; i++)
            product[i].ShouldBe((12 * Math.Pow(x[i], 2) + 18 * Math.Pow(x[i], 4) + 4 * Math.Pow(x[i], 6)) * Math.Exp(x[i] * x[i]), 1e-13);
    }

    [Fact]
    public void Inner_data_and_constant_points()
    {
        // ∇_q Σ p q³ at the constant point (1, 2) is 3 p q²
        Objective h = Objective.Of(p => Objective.Of(q => (p * q * q * q).Sum()).Gradient((VarVector)(double[])[1, 2]).Dot(p));
        h.Gradient([5, 7]).ShouldBe([2 * 5 * 3, 2 * 7 * 12]);
        // A constant point inside an inner function: data within its stretch.
        Objective outer = Objective.Of(
            p => Objective.Of(q => Objective.Of(r => (q * r * r).Sum()).Gradient((VarVector)(double[])[1, 2]).Dot(q)).Gradient(p).Dot(p));
        // inner: 2 q r·q = 2q²r → gradient 4qr → ·p = 4p²r
        outer.Gradient([5, 7]).ShouldBe([8 * 5, 8 * 7 * 2]);
    }

    [Fact]
    public void Derivatives_to_the_fourth_by_gradients_of_gradients()
    {
        double x = 0.4;
        Func<Var, Var> f = y => Math.Exp(2 * y) * Math.Sin(y);
        Func<Var, Var> first = y => D(f, y), second = y => D(first, y), third = y => D(second, y);
        // f⁗ = Im (2 + i)⁴ e^{(2+i)x}
        var power = System.Numerics.Complex.Pow(new System.Numerics.Complex(2, 1), 4) * System.Numerics.Complex.Exp(
            new System.Numerics.Complex(2, 1) * x);
        Derivative(third, x).ShouldBe(power.Imaginary, 1e-11);
        var fifth = power * new System.Numerics.Complex(2, 1);
        Objective.Of(p => third(p[0])).Hvp([x], [1.0])[0].ShouldBe(fifth.Imaginary, 1e-10);
    }

    [Fact]
    public void Derivatives_to_the_fourth_of_array_operations()
    {
        double[] x = [0.4, -0.2, 0.7];
        VarVector Gradient(Func<VarVector, VarVector> slope, VarVector at) => Objective.Of(p => slope(p).Sum()).Gradient(at);
        Func<VarVector, VarVector> f = p => Math.Exp(2 * p) * p, first = p => Gradient(f, p), second = p => Gradient(first, p),
            third = p => Gradient(second, p);
        double[] fourth = Objective.Of(p => third(p).Sum()).Gradient(x);
        for (int i = 0; i < 3; i++)
            fourth[i].ShouldBe((16 * x[i] + 32) * Math.Exp(2 * x[i]), 1e-11);
    }

    [Fact]
    public void A_stale_result_is_refused()
    {
        VarVector stale = default;
        Objective.Of(p => { stale = p; return p.Sum(); }).Value([1.0, 2.0]);
        Objective outer = Objective.Of(p => VectorFunction.Of(_ => stale).Vjp(p, (double[])[1, 1]).Sum());
        Should.Throw<StaleVariableException>(() => outer.Value([1.0, 2.0]));
    }

    [Fact]
    public void Zero_adjoints_meet_infinite_partials_as_in_plain_gradients()
    {
        // √x at 0 under a product with 0: the plain gradient is (1, 0), and so is the nested one.
        Func<VarVector, Var> f = p => Math.Sqrt(p)[0] * 0 + p[0];
        Objective.Of(p => Objective.Of(f).Gradient(p)[0]).Value([0.0]).ShouldBe(Objective.Of(f).Gradient([0.0])[0]);
        // A product whose adjoint is zero where the other factor is infinite.
        Func<VarVector, Var> g = p =>
            Math.Log(p.Matrix(0, 2, 2)).MatMul(Math.Exp(p[..2])) is var y ? y[1] + Math.Max(y, 0.0)[0] * 0.0 : default;
        double[] x = [0, 0, 1, 2];
        double[] plain = Objective.Of(g).Gradient(x);
        plain.ShouldAllBe(t => double.IsFinite(t));
        VectorFunction.Of(p => Objective.Of(g).Gradient(p)).Value(x).ShouldBe(plain);
    }

    private static Var D(Func<Var, Var> f, Var x) => Objective.Of(p => f(p[0])).Gradient(VarVector.Of(x))[0];

    private static double Derivative(Func<Var, Var> f, double x) => Objective.Of(p => f(p[0])).Gradient([x])[0];
}
