using System.Globalization;
using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Problems;

namespace AutoDiff.Bench.Minimization;

/// <summary>Evaluations until ‖∇f‖₂ ≤ 1e-6 for the first time, beside scipy's on the same problems in the same run.</summary>
internal static class ReferenceTable
{
    private const double Tolerance = 1e-6;

    private static readonly Minimizer[] s_methods =
    [
        new TrustRegionNewton(), new TrustRegionNewton { InnerSolver = InnerSolver.SteihaugToint }, new CubicRegularization(),
            new SaddleFreeNewton(), new Newton(),
        new Lbfgs(), new NonlinearConjugateGradient(),
    ];

    private static readonly string[] s_names =
        ["trust region, GLTR", "trust region, Steihaug", "cubic regularization", "saddle-free Newton", "Newton", "L-BFGS", "CG"];

    public static void Print()
    {
        Dictionary<(string, string), string> scipy = Scipy();
        Console.WriteLine($"Evaluations (f/g/Hv) until ‖∇f‖₂ ≤ 1e-6; the verdict's Hv after a +; \"no\" where it was not reached. scipy {(scipy.Count > 0 ? "of the same run" : "is not installed: counts of ReferenceCounts")}.\n");
        Console.WriteLine($"| problem, n | {string.Join(" | ", s_names)} | trust-ncg | trust-krylov | Newton-CG | L-BFGS-B |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", s_names.Length + 4))}");
        double[] logRatios = new double[3], logKrylov = new double[3];
        int[] counted = new int[3];
        List<string> misses = [];
        foreach (ReferenceCounts row in ReferenceCounts.All)
        {
            List<string> cells = [];
            for (int m = 0; m < s_methods.Length; m++)
            {
                OptimizationResult result =
                    (s_methods[m] with { GradientTolerance = Tolerance, EscapeSaddles = false }).Minimize(
                    row.Problem.Objective, row.Problem.Start);
                Counts c = result.Counts;
                cells.Add(result.IsConverged ? $"{c.Values}/{c.Gradients}/{c.HessianVectorProducts}{(m == 0 ? $" +{result.Verdict.Counts.HessianVectorProducts} {result.Verdict.Kind}" : "")}" : "no");
                bool isBrown = row.Problem.Name.Contains("Brown badly", StringComparison.Ordinal);
                if (m > 2)
                    continue;
                if (!result.IsConverged)
                    misses.Add($"{s_names[m]}: {row.Problem} unsolved ({result.Status})");
                else if (isBrown)
                    Note(c.HessianVectorProducts > 40, $"{s_names[m]}: {row.Problem} takes {c.HessianVectorProducts} Hv");
                else
                {
                    double ratio = c.HessianVectorProducts / Products(row.Problem, "trust-ncg", row.TrustNcg);
                    logRatios[m] += Math.Log(ratio);
                    logKrylov[m] += Math.Log(c.HessianVectorProducts / Products(row.Problem, "trust-krylov", row.TrustKrylov));
                    counted[m]++;
                    Note(ratio > 1, $"{s_names[m]}: {row.Problem} takes {ratio:F2} × trust-ncg's Hv");
                }
            }
            string[] other = [.. new[] { "trust-ncg", "trust-krylov", "Newton-CG", "L-BFGS-B" }.Select(
                method => scipy.GetValueOrDefault((Key(row.Problem.Name) + row.Problem.N, method), "–"))];
            Console.WriteLine($"| {row.Problem} | {string.Join(" | ", cells)} | {string.Join(" | ", other)} |");
        }
        Console.WriteLine();
        for (int m = 0; m < 3; m++)
            Console.WriteLine($"{s_names[m]}: geometric mean of Hv {Math.Exp(logRatios[m] / counted[m]):F3} × trust-ncg's, {Math.Exp(logKrylov[m] / counted[m]):F3} × trust-krylov's, over {counted[m]} problems without Brown's badly scaled one.");
        foreach (string miss in misses)
            Console.WriteLine($"- {miss}");

        double Products(MinimizationProblem problem, string method, Evaluations otherwise) =>
            scipy.TryGetValue((Key(problem.Name) + problem.N, method), out string? cell) && cell != "no"
                ? double.Parse(cell.Split('/')[2], CultureInfo.InvariantCulture) : otherwise.Products;

        void Note(bool isMissed, string what)
        {
            if (isMissed)
                misses.Add(what);
        }
    }

    // "Brown and Dennis" and "Brown-Dennis" are one.
    private static string Key(string name) => name.Replace(" and ", "-", StringComparison.Ordinal).Replace(' ', '-');

    private static Dictionary<(string, string), string> Scipy()
    {
        Dictionary<(string, string), string> counts = [];
        foreach (string line in (Python.Run("scipy_counts.py") ?? "").Split('\n').Skip(1))
        {
            string[] cells = line.Split('\t');
            if (cells.Length >= 7)
                counts[(Key(cells[0]) + cells[1], cells[2])] = double.TryParse(cells[6], CultureInfo.InvariantCulture, out double norm)
                    && norm <= Tolerance ? $"{cells[3]}/{cells[4]}/{cells[5]}" : "no";
        }
        return counts;
    }
}
