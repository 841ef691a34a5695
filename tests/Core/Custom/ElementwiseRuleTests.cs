using AutoDiff.Hvp;

namespace AutoDiff.Tests.Custom;

/// <summary>Elementwise functions of the user's own, given by value and first derivative alone: higher orders follow from those.</summary>
public class ElementwiseRuleTests
{
    // φ = x exp(−x²); φ′ = (1 − 2x²)e, φ″ = (4x³ − 6x)e, φ‴ = (−8x⁴ + 24x² − 6)e with e = exp(−x²).
    private readonly struct Bump : IUnaryRule<Bump>
    {
        public static double Value(double x) => x * Math.Exp(-x * x);

        public static T First<T>(T x, T y) where T : struct, IScalar<T> => T.Exp(-T.Square(x)) * (1.0 - 2.0 * T.Square(x));
    }

    private static double Derivative(int order, double x)
    {
        double e = Math.Exp(-x * x);
        return order switch
        {
            0 => x * e,
            1 => (1 - 2 * x * x) * e,
            2 => (4 * x * x * x - 6 * x) * e,
            _ => (-8 * x * x * x * x + 24 * x * x - 6) * e,
        };
    }

    // φ = x² y³.
    private readonly struct Mixed : IBinaryRule<Mixed>
    {
        public static double Value(double x, double y) => x * x * y * y * y;

        public static T FirstX<T>(T x, T y, T z) where T : struct, IScalar<T> => 2.0 * x * y * y * y;

        public static T FirstY<T>(T x, T y, T z) where T : struct, IScalar<T> => 3.0 * x * x * y * y;
    }

    public static TheoryData<double> Points => [-2.3, -0.6, 0.0, 0.31, 1.9];

    [Theory, MemberData(nameof(Points))]
    public void A_scalar_rule_to_the_third_order(double x)
    {
        Objective f = Objective.Of(v => Var.Apply<Bump>(v[0]));
        Objective second = Objective.Of(v => f.Hvp(v, new[] { 1.0 })[0]);
        f.Value([x]).ShouldBe(Derivative(0, x));
        f.Gradient([x])[0].ShouldBe(Derivative(1, x), 1e-15);
        f.Hvp([x], [1])[0].ShouldBe(Derivative(2, x), 1e-14);
        second.Gradient([x])[0].ShouldBe(Derivative(3, x), 1e-13);
    }

    [Fact]
    public void A_vector_rule_to_the_third_order()
    {
        double[] x = [.. Enumerable.Range(0, 37).Select(i => -3 + 0.17 * i)], v = [.. x.Select(t => Math.Cos(5 * t))];
        Objective f = Objective.Of(u => VarVector.Apply<Bump>(u).Sum());
        Objective second = Objective.Of(u => f.Hvp(u, v).Sum());
        double[] gradient = f.Gradient(x), hvp = f.Hvp(x.AsSpan(), v), third = second.Gradient(x);
        for (int i = 0; i < x.Length; i++)
        {
            gradient[i].ShouldBe(Derivative(1, x[i]), 1e-14);
            hvp[i].ShouldBe(Derivative(2, x[i]) * v[i], 1e-13);
            third[i].ShouldBe(Derivative(3, x[i]) * v[i], 1e-12);
        }
    }

    [Fact]
    public void A_binary_rule_to_the_third_order()
    {
        double x = 1.3, y = -0.7;
        foreach (Objective f in new[] { Objective.Of(v => Var.Apply<Mixed>(v[0], v[1])),
            Objective.Of(v => VarVector.Apply<Mixed>(v[..1], v[1..])[0]) })
        {
            double[] gradient = f.Gradient([x, y]);
            gradient[0].ShouldBe(2 * x * y * y * y, 1e-14);
            gradient[1].ShouldBe(3 * x * x * y * y, 1e-14);
            double[] hvp = f.Hvp([x, y], [1, 10]);
            hvp[0].ShouldBe(2 * y * y * y + 60 * x * y * y, 1e-12);
            hvp[1].ShouldBe(6 * x * y * y + 60 * x * x * y, 1e-12);
            // ∂³/∂x∂y² = 12xy and ∂³/∂y³ = 6x².
            double[] third = Objective.Of(v => f.Hvp(v, new[] { 0.0, 1.0 })[1]).Gradient([x, y]);
            third[0].ShouldBe(12 * x * y, 1e-12);
            third[1].ShouldBe(6 * x * x, 1e-12);
        }
    }

    [Fact]
    public void Constants_fold_and_may_stand_on_either_side()
    {
        Var.Apply<Bump>(0.5).IsConstant.ShouldBeTrue();
        Objective.Of(v => Var.Apply<Mixed>(v[0], 2)).Hvp([3], [1])[0].ShouldBe(16);
        Objective.Of(v => Var.Apply<Mixed>(2, v[0])).Hvp([3], [1])[0].ShouldBe(72);
    }
}
