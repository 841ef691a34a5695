using AutoDiff.Optim.CriticalPoints.Pieces;
using AutoDiff.Optim.Kernels;

namespace AutoDiff.Tests.Optim.CriticalPoints.Pieces;

/// <summary>Forms on cones, against their values at many points of the cone.</summary>
public class CopositivityTests
{
    // The form of Horn is copositive, but neither is it the sum of a definite and a nonnegative one; made strictly so, or less so, by a
    // multiple of the unit matrix.
    [Theory, InlineData(0.05, true), InlineData(-0.05, false)]
    public void Forms_that_no_sum_decides(double more, bool expected)
    {
        double[,] horn = { { 1, -1, 1, 1, -1 }, { -1, 1, -1, 1, 1 }, { 1, -1, 1, -1, 1 }, { 1, 1, -1, 1, -1 }, { -1, 1, 1, -1, 1 } };
        for (int i = 0; i < 5; i++)
            horn[i, i] += more;
        double[][] orthant = [.. Enumerable.Range(0, 5).Select(i => (double[])[.. Enumerable.Range(0, 5).Select(j => i == j ? 1.0 : 0)])];
        Copositivity.Decide(horn, orthant, 1e-12, out double[] y).ShouldBe(expected);
        if (!expected)
            Quadratic(horn, y).ShouldBeLessThan(0);
    }

    [Theory, InlineData(2, 1), InlineData(2, 2), InlineData(3, 2), InlineData(3, 3), InlineData(3, 5), InlineData(4, 3), InlineData(4, 6)]
    public void No_point_of_the_cone_contradicts(int n, int sides)
    {
        RandomStream random = new((ulong)(10 * n + sides));
        for (int i = 0; i < 60; i++)
        {
            double[,] q = new double[n, n];
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k <= j; k++)
                    q[j, k] = q[k, j] = random.NextNormal() + (j == k ? 1 : 0);
            }
            List<double[]> b = [];
            for (int j = 0; j < sides; j++)
            {
                double[] row = new double[n];
                random.FillNormal(row);
                Vectors.Scale(1 / Vectors.Norm(row), row, row);
                b.Add(row);
            }
            double least = double.PositiveInfinity;
            double[] y = new double[n];
            for (int sample = 0; sample < 20_000; sample++)
            {
                random.FillNormal(y);
                if (b.TrueForAll(row => Vectors.Dot(row, y) >= 0))
                    least = Math.Min(least, Quadratic(q, y) / Vectors.Dot(y, y));
            }
            bool? answer = Copositivity.Decide(q, b, 1e-12, out double[] found);
            answer.ShouldNotBeNull();
            if (answer == true)
                least.ShouldBeGreaterThan(0);
            else
            {
                Quadratic(q, found).ShouldBeLessThan(0);
                b.ShouldAllBe(row => Vectors.Dot(row, found) > -1e-8);
            }
        }
    }

    [Fact]
    public void Nonnegative_least_squares_meets_its_conditions()
    {
        RandomStream random = new(5);
        for (int i = 0; i < 300; i++)
        {
            int n = 1 + i % 7, m = 1 + i % 11;
            double[][] columns = new double[m][];
            for (int j = 0; j < m; j++)
            {
                random.FillNormal(columns[j] = new double[n]);
                Vectors.Scale(1 / Vectors.Norm(columns[j]), columns[j], columns[j]);
            }
            double[] b = new double[n];
            random.FillNormal(b);
            NonnegativeLeastSquares fit = new(columns, b);
            double[] rest = [.. b];
            for (int j = 0; j < m; j++)
            {
                fit.X[j].ShouldBeGreaterThanOrEqualTo(0);
                Vectors.AddScaled(-fit.X[j], columns[j], rest);
            }
            Vectors.Distance(rest, fit.Residual).ShouldBeLessThan(1e-13);
            for (int j = 0; j < m; j++)
            {
                double slope = Vectors.Dot(columns[j], rest);
                slope.ShouldBeLessThan(1e-12);
                if (fit.X[j] > 0)
                    slope.ShouldBeGreaterThan(-1e-12);
            }
        }
    }

    private static double Quadratic(double[,] q, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
                sum += q[i, j] * y[i] * y[j];
        }
        return sum;
    }
}
