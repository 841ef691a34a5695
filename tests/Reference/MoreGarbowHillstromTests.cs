using AutoDiff.Lambdas;

namespace AutoDiff.Tests.Reference;

/// <summary>The lambdas of the Moré–Garbow–Hillstrom collection against a multiprecision table written independently.</summary>
public class MoreGarbowHillstromTests
{
    public static TheoryData<int> Numbers() => [.. Enumerable.Range(1, 35)];

    [Fact]
    public void There_are_thirty_five_problems_in_order() =>
        MoreGarbowHillstrom.All.Select(problem => problem.Number).ShouldBe(Enumerable.Range(1, 35));

    [Theory, MemberData(nameof(Numbers))]
    public void Residuals_values_and_gradients_are_the_tables(int number)
    {
        MghTable.Point[] rows = [.. MghTable.Points().Where(row => row.Number == number)];
        rows.Length.ShouldBeGreaterThanOrEqualTo(5);
        foreach (MghTable.Point row in rows)
        {
            LeastSquaresProblem problem = MoreGarbowHillstrom.Get(number, row.N, row.M);
            if (row.Label != "near")
                problem.StartTimes(double.Parse(row.Label)).ShouldBe(row.X, 1e-15, row.ToString());
            // Ten times Gulf's start is its solution, which the other test looks at.
            if (row.Value < 1e-60 || !double.IsFinite(row.Value) || !double.IsFinite(row.GradientNorm))
                continue;
            double[] r = problem.Residuals.Value(row.X), gradient = problem.Objective.Gradient(row.X);
            double size = r.Sum(Math.Abs);
            r.Length.ShouldBe(row.M);
            Close(problem.Objective.Value(row.X), row.Value, row.Value, row);
            Close(r.Select((value, i) => value * Math.Sin(i + 1)).Sum(), row.Checksum, size, row);
            Close(Norm(gradient), row.GradientNorm, row.GradientNorm, row);
        }
    }

    [Theory, MemberData(nameof(Numbers))]
    public void The_listed_minima_are_stationary_values(int number)
    {
        IEnumerable<MghTable.Stationary> all = MghTable.StationaryPoints().Where(row => row.Number == number);
        foreach (IGrouping<(int N, int M), MghTable.Stationary> rows in all.GroupBy(row => (row.N, row.M)))
        {
            LeastSquaresProblem problem = MoreGarbowHillstrom.Get(number, rows.Key.N, rows.Key.M);
            double[] listed = [.. problem.AcceptedMinima, .. problem.Saddles], known = [.. rows.Select(row => row.Value).Distinct()];
            foreach (MghTable.Stationary row in rows)
            {
                listed.ShouldContain(value => Math.Abs(value - row.Value) <= 1e-14 * row.Value, row.ToString());
                // Rounding x* and the terms changes the residuals by up to ρ ≈ ‖u(|J||x*| + 10)‖, hence f by up to 2ρ‖r‖ + ρ².
                double[] r = problem.Residuals.Value(row.X);
                double rounding = Norm([.. Rounding(problem.Residuals.Jacobian(row.X), row.X)]);
                double tolerance = rounding * (2 * Math.Sqrt(row.Value) + rounding) + 1e-15 * row.Value;
                problem.Objective.Value(row.X).ShouldBe(row.Value, tolerance, row.ToString());
                double scale = problem.Residuals.Jacobian(row.X).Cast<double>().Max(Math.Abs);
                Norm(problem.Objective.Gradient(row.X)).ShouldBeLessThanOrEqualTo(
                    1e-11 * scale * Norm(r) + 4 * scale * rounding, row.ToString());
            }
            // Two infima of the paper lie at infinity, where no table can hold a point.
            string[] atInfinity = number is 8 or 15 ? [listed[1].ToString()] : [];
            listed.Where(value => !known.Any(k => Math.Abs(value - k) <= 1e-14 * k)).Select(value => value.ToString()).ShouldBe(atInfinity);
        }
    }

    [Fact]
    public void The_infima_at_infinity_are_approached()
    {
        double far = -1e7, bard = MoreGarbowHillstrom.Bard().Objective.Value([0.8406666666666667, far, far]);
        bard.ShouldBe(MoreGarbowHillstrom.Bard().AcceptedMinima[1], 1e-5);
        // With x₁ = t, x₃ = at, x₄ = bt the model tends to (u² + ux₂)/(au + b) as t → ∞; a, b and x₂ are that model's least squares fit.
        double t = 1e7;
        Objective f = MoreGarbowHillstrom.KowalikOsborne().Objective;
        double kowalik = f.Value([t, -14.075883462709694, -45.2571920204773 * t, -28.23149696317848 * t]);
        kowalik.ShouldBe(MoreGarbowHillstrom.KowalikOsborne().AcceptedMinima[1], 1e-8);
    }

    [Theory, MemberData(nameof(Numbers))]
    public void Accepted_minima_are_no_saddles(int number)
    {
        foreach (MghTable.Stationary row in MghTable.StationaryPoints().Where(row => row.Number == number))
        {
            LeastSquaresProblem problem = MoreGarbowHillstrom.Get(number, row.N, row.M);
            double[] eigenvalues = Dense.Eigenvalues(problem.Objective, row.X);
            if (number == 18 && row.Value > 0)
                eigenvalues[0].ShouldBe(-9.80319e-3, 1e-7);
            else
                eigenvalues[0].ShouldBeGreaterThan(-1e-13 * eigenvalues[^1], row.ToString());
        }
    }

    private static IEnumerable<double> Rounding(double[,] jacobian, double[] x)
    {
        for (int i = 0; i < jacobian.GetLength(0); i++)
            yield return Enumerable.Range(0, x.Length).Sum(j => Math.Abs(jacobian[i, j] * x[j])) * 3e-16 + 2e-15;
    }

    private static void Close(double value, double expected, double size, MghTable.Point row) =>
        Math.Abs(value - expected).ShouldBeLessThanOrEqualTo(1e-13 * Math.Abs(size), $"{row}: {value:R} instead of {expected:R}");

    private static double Norm(double[] v) => v.Aggregate(0.0, double.Hypot);
}
