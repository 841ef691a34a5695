using AutoDiff.Hvp;
using AutoDiff.Rules;

namespace AutoDiff.Tests.Misuse;

/// <summary>Constants record nothing and have no derivatives, whatever is computed with them.</summary>
public class ConstantTests
{
    private static int Operations(Func<VarVector, Var> f)
    {
        using LocalModel at = Objective.Of(f).At([0.5, 2.0]);
        return at.OperationCount;
    }

    [Fact]
    public void Operations_among_constants_are_not_recorded()
    {
        Operations(x => x[0] * x[1]).ShouldBe(1);
        Operations(x =>
        {
            Var c = 2;
            VarVector v = new double[] { 1, 2, 3 };
            c = c * 3 + Var.Apply<Sin>(c) / 7 - v.Softmax().Dot(v * c);
            return x[0] * c;
        }).ShouldBe(1);
        Operations(x => x[..1][0] + x[^1]).ShouldBe(1);
        Operations(_ => 3).ShouldBe(0);
        Operations(x => x[1]).ShouldBe(0);
    }

    [Fact]
    public void A_constant_objective_has_derivatives_zero()
    {
        Objective f = Objective.Of(_ => 3);
        f.Value([1.0, 2.0]).ShouldBe(3);
        f.Gradient([1.0, 2.0]).ShouldBe([0.0, 0.0]);
        f.Hvp([1.0, 2.0], [1.0, 1.0]).ShouldBe([0.0, 0.0]);
        using LocalModel at = f.At([1.0, 2.0]);
        at.Hessian.ToDense().Cast<double>().ShouldAllBe(h => h == 0);
        Objective nested = Objective.Of(x => f.Gradient(x)[0] + f.Hvp(x, x)[1] + x[0]);
        nested.Gradient([1.0, 2.0]).ShouldBe([1.0, 0.0]);
    }

    [Fact]
    public void Stopped_gradients_are_zero_in_every_order_and_mode()
    {
        Objective f = Objective.Of(x => Var.Apply<StopGradient>(x[0] * x[0]) * x[1]);
        f.Gradient([3.0, 2.0]).ShouldBe([0.0, 9.0]);
        f.Hvp([3.0, 2.0], [1.0, 1.0]).ShouldBe([0.0, 0.0]);
        Objective.Of(x => f.Gradient(x).Sum()).Gradient([3.0, 2.0]).ShouldBe([0.0, 0.0]);
        VectorFunction.Of(x => VarVector.Apply<StopGradient>(x * x) * x).Jvp([3.0, 2.0], [1.0, 1.0]).ShouldBe([9.0, 4.0]);
    }

    [Fact]
    public void No_variables_at_all()
    {
        Objective f = Objective.Of(x => x.Sum() + 1);
        f.Value([]).ShouldBe(1);
        f.Gradient([]).ShouldBeEmpty();
        f.Hvp([], []).ShouldBeEmpty();
        using LocalModel at = f.At([]);
        at.Hessian.ToDense().Length.ShouldBe(0);
    }
}
