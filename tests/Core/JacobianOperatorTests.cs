namespace AutoDiff.Tests.Core;

/// <summary>A vector function at one point: its value and products with its Jacobian, against the derivatives written out.</summary>
public class JacobianOperatorTests
{
    private static readonly VectorFunction F = VectorFunction.Of(x => VarVector.Of(x[0] * x[1], Math.Sin(x[1]), Math.Exp(x[0]) / x[2]));

    private static readonly double[] X = [0.5, -1.25, 2];

    private static readonly double[,] Expected =
    {
        { -1.25, 0.5, 0 },
        { 0, Math.Cos(-1.25), 0 },
        { Math.Exp(0.5) / 2, 0, -Math.Exp(0.5) / 4 },
    };

    [Fact]
    public void Products_are_those_of_the_Jacobian()
    {
        using JacobianOperator at = F.At(X);
        (at.Rows, at.Columns).ShouldBe((3, 3));
        at.Value.ToArray().ShouldBe([-0.625, Math.Sin(-1.25), Math.Exp(0.5) / 2]);
        for (int i = 0; i < 3; i++)
        {
            double[] unit = new double[3];
            unit[i] = 1;
            double[] column = at.Apply(unit), row = at.ApplyTranspose(unit);
            for (int j = 0; j < 3; j++)
            {
                column[j].ShouldBe(Expected[j, i], 1e-15);
                row[j].ShouldBe(Expected[i, j], 1e-15);
                at.ToDense()[i, j].ShouldBe(Expected[i, j], 1e-15);
            }
        }
    }

    [Fact]
    public void The_lambda_runs_once()
    {
        int runs = 0;
        using JacobianOperator at = VectorFunction.Of(x =>
        {
            runs++;
            return x * x;
        }).At(X);
        at.Apply(X);
        at.ApplyTranspose(X);
        at.ToDense();
        runs.ShouldBe(1);
    }

    [Fact]
    public void A_result_may_take_the_memory_of_the_operand()
    {
        using JacobianOperator at = F.At(X);
        double[] v = [1, 2, 3], u = [1, 2, 3], pushed = at.Apply(v), pulled = at.ApplyTranspose(u);
        at.Apply(v, v);
        at.ApplyTranspose(u, u);
        v.ShouldBe(pushed);
        u.ShouldBe(pulled);
    }

    [Fact]
    public void Constant_functions_have_zero_Jacobians()
    {
        using JacobianOperator at = VectorFunction.Of(_ => new double[] { 1, 2 }).At(X);
        at.Value.ToArray().ShouldBe([1, 2]);
        at.Apply(X).ShouldBe([0, 0]);
        at.ApplyTranspose([1.0, 1.0]).ShouldBe([0, 0, 0]);
        at.ToDense().ShouldBe(new double[2, 3]);
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        using JacobianOperator at = VectorFunction.Of(x => VarVector.Of(x[0])).At(X);
        Should.Throw<ShapeMismatchException>(() => at.Apply([1.0])).Message.ShouldContain("takes 3 numbers and gives 1");
        Should.Throw<ShapeMismatchException>(() => at.ApplyTranspose([1.0, 2.0])).Message.ShouldContain("takes 1 numbers and gives 3");
        Should.Throw<ShapeMismatchException>(() => at.CopyTo(new double[2])).Message.ShouldContain("1 × 3");
    }

    [Fact]
    public void Disposed_of_it_says_so()
    {
        JacobianOperator at = F.At(X);
        at.Dispose();
        at.Dispose();
        Should.Throw<ObjectDisposedException>(() => at.Apply(X)).Message.ShouldContain("f.At(x)");
        at.Value.Length.ShouldBe(3);
    }

    [Fact]
    public void Products_run_beside_the_disposal()
    {
        for (int round = 0; round < 50; round++)
        {
            JacobianOperator at = F.At(X);
            double[] expected = at.Apply(X);
            Parallel.For(0, 8, i =>
            {
                if (i == 5)
                {
                    at.Dispose();
                    return;
                }
                try
                {
                    at.Apply(X).ShouldBe(expected);
                }
                catch (ObjectDisposedException)
                {
                }
            });
        }
    }
}
