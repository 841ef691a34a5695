using AutoDiff.Hvp;

namespace AutoDiff.Tests.Core.Arrays;

/// <summary>Largest and smallest elements that are attained more than once, in one row and in several: each row's slope goes to its own
/// elements in equal shares.</summary>
public class TiedExtremeTests
{
    private static readonly double[] s_weights = [1, 10, 100, 1000];

    // Rows (1, 2), (2, 2), (0, 2) and (∞, ∞), of which 2, 2, 2 and ∞ are the largest.
    private static readonly double[] s_point = [1, 2, 2, 2, 0, 2, double.PositiveInfinity, double.PositiveInfinity];

    private static readonly double[] s_slopes = [0, 1, 5, 5, 0, 100, 500, 500];

    [Fact]
    public void Each_row_shares_among_its_own_elements()
    {
        Check(x => x.Reshape(4, 2).MaxColumns().Dot(s_weights), s_point, s_slopes);
        Check(x => -(-x.Reshape(4, 2)).MinColumns().Dot(s_weights), s_point, s_slopes);
    }

    private static void Check(Func<VarVector, Var> f, double[] x, double[] slopes)
    {
        Objective objective = Objective.Of(f);
        objective.Gradient(x).ShouldBe(slopes);
        objective.Compile(x).Gradient(x).ShouldBe(slopes, "compiled");
        for (int i = 0; i < x.Length; i++)
        {
            double[] v = new double[x.Length];
            v[i] = 1;
            Objective.Of(z => objective.Gradient(z)[i]).Value(x).ShouldBe(slopes[i], "nested");
            objective.Hvp(x, v).ShouldBe(new double[x.Length]);
        }
    }
}
