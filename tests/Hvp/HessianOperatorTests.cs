using AutoDiff.Hvp;

namespace AutoDiff.Tests.Hvp;

/// <summary>∇²f(x) as an operator on rows and as a matrix, for f whose Hessian is written down by hand.</summary>
public class HessianOperatorTests
{
    // f = x₀²x₁ + sin x₁·x₂ + x₂³.
    private static readonly double[] s_x = [0.7, -0.4, 1.3];

    private static Objective F() => Objective.Of(x => x[0] * x[0] * x[1] + Math.Sin(x[1]) * x[2] + x[2] * x[2] * x[2]);

    private static double[,] Known() => new[,]
    {
        { 2 * s_x[1], 2 * s_x[0], 0 },
        { 2 * s_x[0], -Math.Sin(s_x[1]) * s_x[2], Math.Cos(s_x[1]) },
        { 0, Math.Cos(s_x[1]), 6 * s_x[2] },
    };

    [Theory, InlineData(false), InlineData(true)]
    public void The_matrix_is_the_one_known(bool isCompiled)
    {
        using LocalModel at = (isCompiled ? F().Compile(s_x) : F()).At(s_x);
        double[,] h = at.Hessian.ToDense(), known = Known();
        (h.GetLength(0), h.GetLength(1)).ShouldBe((3, 3));
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
                h[i, j].ShouldBe(known[i, j], 1e-15, $"{i}, {j}");
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5), InlineData(9), InlineData(17)]
    public void Products_with_rows_are_rows(int count)
    {
        using LocalModel at = F().At(s_x);
        double[,] v = new double[count, 3], known = Known();
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < 3; j++)
                v[i, j] = Math.Cos(3 * i + j);
        }
        double[,] products = at.Hessian.Apply(v);
        (products.GetLength(0), products.GetLength(1)).ShouldBe((count, 3));
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double expected = 0;
                for (int k = 0; k < 3; k++)
                    expected += known[j, k] * v[i, k];
                products[i, j].ShouldBe(expected, 1e-14, $"row {i}, element {j}");
            }
        }
    }

    [Fact]
    public void No_rows_give_no_products()
    {
        using LocalModel at = F().At(s_x);
        at.Hessian.Apply(new double[0, 3]).Length.ShouldBe(0);
    }

    [Fact]
    public void Rows_of_another_length_are_refused()
    {
        using LocalModel at = F().At(s_x);
        Should.Throw<ShapeMismatchException>(() => at.Hessian.Apply(new double[3, 2])).Message.ShouldBe(
            "The directions have 2 elements each and the Hessian acts on 3.");
        Should.Throw<ArgumentNullException>(() => at.Hessian.Apply((double[,])null!));
    }
}
