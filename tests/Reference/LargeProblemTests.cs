using AutoDiff.Hvp;
using AutoDiff.Lambdas;
using AutoDiff.Problems;

namespace AutoDiff.Tests.Reference;

/// <summary>The large problems and those of the reference counts: values, minima, and agreement with the small forms.</summary>
public class LargeProblemTests
{
    public static TheoryData<int> Indices() => [.. Enumerable.Range(0, LargeProblems.All(4).Count)];

    [Theory, MemberData(nameof(Indices))]
    public void The_minimizer_has_the_minimum_and_the_start_lies_above(int index)
    {
        foreach (int n in new[] { 8, 1000 })
        {
            MinimizationProblem problem = LargeProblems.All(n)[index];
            problem.N.ShouldBe(n);
            problem.Objective.Value(problem.Start).ShouldBeGreaterThan(problem.Minimum + 0.01);
            if (problem.Minimizer is not { } x)
                continue;
            problem.Objective.Value(x).ShouldBe(problem.Minimum, 1e-24 * n * n);
            problem.Objective.Gradient(x).ShouldAllBe(g => Math.Abs(g) < 1e-9);
        }
    }

    [Fact]
    public void Array_forms_agree_with_the_collection()
    {
        Agree(LargeProblems.ExtendedRosenbrock(12), MoreGarbowHillstrom.ExtendedRosenbrock(12));
        Agree(LargeProblems.ExtendedPowell(12), MoreGarbowHillstrom.ExtendedPowellSingular(12));
        Agree(LargeProblems.ExtendedWood(4), MoreGarbowHillstrom.Wood());
    }

    [Fact]
    public void The_dixon_price_function_is_its_formula()
    {
        double[] x = [0.3, -0.7, 1.1];
        double expected = 0.49 + 2 * Math.Pow(0.98 - 0.3, 2) + 3 * Math.Pow(2.42 + 0.7, 2);
        LargeProblems.DixonPrice(3).Objective.Value(x).ShouldBe(expected, 1e-14);
    }

    [Fact]
    public void The_convex_quadratic_has_the_spectrum_that_was_asked_for()
    {
        const int n = 20;
        Objective f = LargeProblems.ConvexQuadratic(n, 1e4).Objective;
        double[] eigenvalues = Dense.Eigenvalues(f, new double[n]);
        for (int i = 0; i < n; i++)
            eigenvalues[i].ShouldBe(Math.Pow(1e4, i / 19.0), 1e-9);
    }

    [Fact]
    public void Gradients_and_products_at_a_hundred_thousand_variables_agree_with_differences()
    {
        foreach (MinimizationProblem problem in LargeProblems.All(100_000))
        {
            double[] x = problem.Start, v = Printed.Sines(x.Length), g = problem.Objective.Gradient(x), hv = problem.Objective.Hvp(x, v);
            double slope = Dot(g, v), curvature = Dot(hv, v);
            const double h = 1e-5;
            double[] up = [.. x.Zip(v, (a, b) => a + h * b)], down = [.. x.Zip(v, (a, b) => a - h * b)];
            double difference = (problem.Objective.Value(up) - problem.Objective.Value(down)) / (2 * h);
            double second = (Dot(problem.Objective.Gradient(up), v) - Dot(problem.Objective.Gradient(down), v)) / (2 * h);
            double rounding = 1e-15 * problem.Objective.Value(x) / h; // f is some 4e7 here.
            difference.ShouldBe(slope, 1e-5 * (Math.Abs(slope) + 1) + rounding, problem.ToString());
            second.ShouldBe(curvature, 1e-5 * Math.Abs(curvature), problem.ToString());
        }
    }

    [Fact]
    public void The_reference_problems_start_where_the_counts_do()
    {
        // f and ‖∇f‖ at the starts, from bench/scipy_counts.py's own functions.
        (double Value, double Gradient)[] expected = ReferenceStarts.All;
        ReferenceCounts.All.Count.ShouldBe(13);
        for (int i = 0; i < 13; i++)
        {
            MinimizationProblem problem = ReferenceCounts.All[i].Problem;
            problem.Objective.Value(problem.Start).ShouldBe(expected[i].Value, 1e-12 * expected[i].Value, problem.ToString());
            double norm = Math.Sqrt(problem.Objective.Gradient(problem.Start).Sum(g => g * g));
            norm.ShouldBe(expected[i].Gradient, 1e-12 * expected[i].Gradient, problem.ToString());
        }
    }

    private static void Agree(MinimizationProblem a, LeastSquaresProblem b)
    {
        double[] x = [.. b.Start.Select((value, i) => value + 0.1 * Math.Sin(i))];
        a.Start.ShouldBe(b.Start);
        a.Objective.Value(x).ShouldBe(b.Objective.Value(x), 1e-12 * b.Objective.Value(x));
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
