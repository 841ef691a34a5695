using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Bench.Minimization;

/// <summary>The problems of Moré, Garbow and Hillstrom, solver by problem, from the starts ×1, ×10 and ×100.</summary>
internal static class MghTable
{
    private static readonly double[] s_factors = [1, 10, 100];

    public static void Print()
    {
        (string Name, Func<LeastSquaresProblem, double[], OptimizationResult> Run)[] solvers =
        [
            ("TR GLTR", (p, x) => new TrustRegionNewton().Minimize(p.Objective, x)),
            ("TR Steihaug", (p, x) => new TrustRegionNewton { InnerSolver = InnerSolver.SteihaugToint }.Minimize(p.Objective, x)),
            ("ARC", (p, x) => new CubicRegularization().Minimize(p.Objective, x)),
            ("saddle-free", (p, x) => new SaddleFreeNewton().Minimize(p.Objective, x)),
            ("Newton", (p, x) => new Newton().Minimize(p.Objective, x)),
            ("LM", (p, x) => new LevenbergMarquardt().Minimize(p.Residuals, x)),
            ("L-BFGS", (p, x) => new Lbfgs().Minimize(p.Objective, x)),
            ("CG", (p, x) => new NonlinearConjugateGradient().Minimize(p.Objective, x)),
        ];
        Console.WriteLine($"f/g/Hv (r/J for LM) of the minimization, then the verdict ({Cells.Legend}). ✗: not one of the accepted minima to eight digits; f is given, and the status unless it converged.");
        foreach (double factor in s_factors)
        {
            Console.WriteLine($"\n### Start × {factor}\n\n| problem (n, m) | {string.Join(" | ", solvers.Select(s => s.Name))} |\n|---|{string.Concat(Enumerable.Repeat("---|", solvers.Length))}");
            Tally[] tallies = [.. solvers.Select(_ => new Tally())];
            foreach (LeastSquaresProblem problem in MoreGarbowHillstrom.All)
            {
                List<string> cells = [];
                for (int s = 0; s < solvers.Length; s++)
                {
                    OptimizationResult result = solvers[s].Run(problem, problem.StartTimes(factor));
                    double value = problem.Objective.Value(result.X);
                    bool isSolved = problem.Accepts(value);
                    tallies[s].Add(result, isSolved);
                    string miss = isSolved ? "" : $"✗ {value:G3} {(result.IsConverged ? "" : $"{result.Status} ")}";
                    cells.Add($"{miss}{Cells.Evaluations(result.Counts)} {Cells.Verdict(result.Verdict)}");
                }
                Console.WriteLine($"| {problem} | {string.Join(" | ", cells)} |");
            }
            Row("solved of 35", t => t.Solved);
            Row("of them minimum / undecided / without verdict", t => $"{t.Minima} / {t.Undecided} / {t.Solved - t.Minima - t.Undecided}");
            Row("converged elsewhere: minimum / other verdict", t => $"{t.MinimaElsewhere} / {t.Elsewhere - t.MinimaElsewhere}");
            Row("not converged", t => t.NotConverged);

            void Row(string what, Func<Tally, object> cell) => Console.WriteLine($"| **{what}** | {string.Join(" | ", tallies.Select(cell))} |");
        }
    }

    private sealed class Tally
    {
        public int Solved, Minima, Undecided, Elsewhere, MinimaElsewhere, NotConverged;

        public void Add(OptimizationResult result, bool isSolved)
        {
            bool isMinimum = result.Verdict.Kind == CriticalPointKind.Minimum;
            NotConverged += result.IsConverged ? 0 : 1;
            if (isSolved)
            {
                Solved++;
                Minima += isMinimum ? 1 : 0;
                Undecided += result.IsConverged && result.Verdict.Kind == CriticalPointKind.Undecided ? 1 : 0;
            }
            else if (result.IsConverged)
            {
                Elsewhere++;
                MinimaElsewhere += isMinimum ? 1 : 0;
            }
        }
    }
}
