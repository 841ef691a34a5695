using AutoDiff.Hvp;

namespace AutoDiff.Tests.Misuse;

/// <summary>Differentiation inside a differentiated function: a plain number would lose the dependence on the outer variable, so it throws;
/// recorded members keep it.</summary>
public class EscapedDependenceTests
{
    private static readonly double[] s_at = [1.5];

    // Each asks for plain numbers of an inner function that uses the outer variable t.
    public static TheoryData<string, Action<Var>> PlainCalls => new()
    {
        { "Value", t => Objective.Of(y => y[0] * t).Value(s_at) },
        { "Gradient", t => Objective.Of(y => y[0] * t).Gradient(s_at) },
        { "Gradient into a span", t => Objective.Of(y => y[0] * t).Gradient(s_at, new double[1]) },
        { "Hvp", t => Objective.Of(y => y[0] * t).Hvp(s_at.AsSpan(), s_at) },
        { "At", t => Objective.Of(y => y[0] * t).At(s_at).Dispose() },
        { "vector Value", t => VectorFunction.Of(y => y * t).Value(s_at) },
        { "Jvp", t => VectorFunction.Of(y => y * t).Jvp(s_at, s_at) },
        { "Vjp", t => VectorFunction.Of(y => y * t).Vjp(s_at, s_at) },
        { "Jacobian", t => VectorFunction.Of(y => y * t).Jacobian(s_at) },
        { "rows", t => Objective.Mean(new double[3, 1], (y, row) => y[0] * t + row[0]).Gradient(s_at) },
        { "two levels down", t => Objective.Of(y => Objective.Of(z => z[0] * t).Value(s_at) * y[0]).Value(s_at) },
        { "a comparison", t => Objective.Of(y => t > 0 ? y[0] : 0).Value(s_at) },
    };

    [Theory, MemberData(nameof(PlainCalls))]
    public void Plain_numbers_throw(string name, Action<Var> call)
    {
        bool reached = false;
        Objective outer = Objective.Of(x =>
        {
            Var t = x[0] * x[0];
            Should.Throw<EscapedDependenceException>(() => call(t), name).Message.ShouldContain("VarVector");
            reached = true;
            return t * x[0];
        });
        // Caught, it leaves the outer recording as it was.
        outer.Gradient([2.0]).ShouldBe([12.0]);
        outer.Hvp([2.0], [1.0]).ShouldBe([12.0]);
        reached.ShouldBeTrue();
    }

    // f(y) = t y³ at y = t with t outer: the inner derivative takes t as a constant.
    private static Objective Cubic(Var t) => Objective.Of(y => t * y[0] * y[0] * y[0]);

    [Fact]
    public void Recorded_members_keep_the_dependence_in_both_orders()
    {
        // t·t³ = t⁴.
        Objective value = Objective.Of(x => Cubic(x[0]).Value(VarVector.Of(x[0])));
        value.Gradient([2.0])[0].ShouldBe(32);
        value.Hvp([2.0], [1.0])[0].ShouldBe(48);
        // 3t·t² = 3t³.
        Objective gradient = Objective.Of(x => Cubic(x[0]).Gradient(x)[0]);
        gradient.Value([2.0]).ShouldBe(24);
        gradient.Gradient([2.0])[0].ShouldBe(36);
        gradient.Hvp([2.0], [1.0])[0].ShouldBe(36);
        // 6t·t·v with v = t: 6t³.
        Objective product = Objective.Of(x => Cubic(x[0]).Hvp(x, x)[0]);
        product.Value([2.0]).ShouldBe(48);
        product.Gradient([2.0])[0].ShouldBe(72);
        product.Hvp([2.0], [1.0])[0].ShouldBe(72);
        VectorFunction linear = VectorFunction.Of(x => VectorFunction.Of(y => y * y * x[0]).Jvp(x, x));
        // 2t·t·t.
        linear.Value([2.0])[0].ShouldBe(16);
        linear.Jvp([2.0], [1.0])[0].ShouldBe(24);
        linear.Vjp([2.0], [1.0])[0].ShouldBe(24);
    }

    [Fact]
    public void Numbers_handed_over_on_purpose_are_constants()
    {
        Objective f = Objective.Of(x => Objective.Of(y => y[0] * x[0].Value).Value([3.0]) * x[0]);
        Should.Throw<EscapedDependenceException>(() => f.Gradient([2.0]));
        Objective ahead = Objective.Of(x =>
        {
            double t = x[0].Value;
            return Objective.Of(y => y[0] * t).Value([3.0]) * x[0];
        });
        ahead.Gradient([2.0])[0].ShouldBe(6);
    }

    [Fact]
    public void Four_gradients_deep()
    {
        Objective f = Objective.Of(x => x[0] * x[0] * x[0] * x[0] * x[0] * x[1]);
        for (int level = 0; level < 4; level++)
        {
            Objective inner = f;
            f = Objective.Of(x => inner.Gradient(x)[0]);
        }
        // ∂⁴/∂x⁴ x⁵y = 120xy; its gradient is the fifth order.
        f.Value([2.0, 3.0]).ShouldBe(720);
        f.Gradient([2.0, 3.0]).ShouldBe([360.0, 240.0]);
        f.Hvp([2.0, 3.0], [1.0, 10.0]).ShouldBe([1200.0, 120.0]);
    }

    [Fact]
    public void A_minimization_inside_a_loss_by_plain_numbers_is_a_constant()
    {
        // Newton's method for y² = 2, run in full on plain numbers inside the lambda.
        Objective f = Objective.Of(x =>
        {
            Objective inner = Objective.Of(y => y[0] * y[0] * y[0] / 3 - 2 * y[0]);
            double y = 1;
            for (int i = 0; i < 8; i++)
                y -= inner.Gradient([y])[0] / inner.Hvp([y], [1.0])[0];
            return y * x[0] * x[0];
        });
        f.Gradient([3.0])[0].ShouldBe(6 * Math.Sqrt(2), 1e-14);
    }
}
