using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Bench.Minimization;

/// <summary>The problems of Moré, Garbow and Hillstrom, solver by problem, from the starts ×1, ×10 and ×100.</summary>
internal static class MghTable
{
    private static readonly double[] s_factors = [1, 10, 100];

    public static void Print()
    {
        (string Name, Func<LeastSquaresProblem, double[], OptimizationResult> Run, double Scale)[] solvers =
        [
            ("TR GLTR", (p, x) => new TrustRegionNewton().Minimize(p.Objective, x), 1),
            ("TR Steihaug", (p, x) => new TrustRegionNewton { InnerSolver = InnerSolver.SteihaugToint }.Minimize(p.Objective, x), 1),
            ("ARC", (p, x) => new CubicRegularization().Minimize(p.Objective, x), 1),
            ("saddle-free", (p, x) => new SaddleFreeNewton().Minimize(p.Objective, x), 1),
            ("Newton", (p, x) => new Newton().Minimize(p.Objective, x), 1),
            ("LM", (p, x) => new LevenbergMarquardt().Minimize(p.Residuals, x), 2),
            ("L-BFGS", (p, x) => new Lbfgs().Minimize(p.Objective, x), 1),
            ("CG", (p, x) => new NonlinearConjugateGradient().Minimize(p.Objective, x), 1),
        ];
        foreach (double factor in s_factors)
        {
            Console.WriteLine($"\n### Start ×{factor}\n\nf/g/Hv, then the verdict (m: minimum, s: saddle, u: undecided; d: degenerate); ✗ and the status where no accepted minimum was reached.\n");
            Console.WriteLine($"| problem | {string.Join(" | ", solvers.Select(s => s.Name))} |");
            Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", solvers.Length))}");
            int[] solved = new int[solvers.Length];
            foreach (LeastSquaresProblem problem in MoreGarbowHillstrom.All)
            {
                List<string> cells = [];
                for (int s = 0; s < solvers.Length; s++)
                {
                    OptimizationResult result = solvers[s].Run(problem, problem.StartTimes(factor));
                    bool isSolved = problem.Accepts(solvers[s].Scale * result.Value);
                    solved[s] += isSolved ? 1 : 0;
                    cells.Add($"{(isSolved ? "" : $"✗ {result.Status} {solvers[s].Scale * result.Value:G6} ")}{result.Counts.Values}/{result.Counts.Gradients}/{result.Counts.HessianVectorProducts} {Sign(result.Verdict)}");
                }
                Console.WriteLine($"| {problem} | {string.Join(" | ", cells)} |");
            }
            Console.WriteLine($"| **solved of {MoreGarbowHillstrom.All.Count}** | {string.Join(" | ", solved.Select(n => $"**{n}**"))} |");
        }
    }

    private static string Sign(CriticalPoint verdict) => verdict.Kind switch
    {
        CriticalPointKind.Minimum => "m",
        CriticalPointKind.Maximum => "M",
        CriticalPointKind.Saddle => "s",
        CriticalPointKind.Undecided => "u",
        _ => "–",
    } + (verdict.IsDegenerate ? "d" : "");
}
