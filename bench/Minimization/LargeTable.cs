using System.Diagnostics;
using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Bench.Minimization;

/// <summary>Chained problems in 100,000 variables: evaluations, time, verdict, and memory.</summary>
internal static class LargeTable
{
    private const int Dimension = 100_000;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    public static void Print()
    {
        (string Name, Minimizer Method)[] methods =
        [
            ("trust region, GLTR", new TrustRegionNewton()), ("cubic regularization", new CubicRegularization()), ("L-BFGS", new Lbfgs()),
                ("CG", new NonlinearConjugateGradient()),
        ];
        Console.WriteLine($"n = {Dimension}, default options, at most {s_limit.TotalSeconds:F0} s a run. Evaluations: f/g/Hv of the minimization, + the verdict's Hv. Vectors: by how much the process's memory rose at most "
            + "during the run, recordings and garbage included, in vectors of n doubles (0.8 MB); a Hessian would be 100,000.\n");
        Console.WriteLine($"| problem | method | status | f | ‖g‖ | evaluations | s | verdict ({Cells.Legend}) | vectors |\n|---|---|---|---|---|---|---|---|---|");
        int converged = 0, minima = 0, runs = 0;
        foreach (MinimizationProblem problem in LargeProblems.All(Dimension))
        {
            foreach ((string name, Minimizer method) in methods)
            {
                Stopwatch clock = Stopwatch.StartNew();
                (OptimizationResult r, long bytes) =
                    MemoryPeak.Of(() => (method with { TimeLimit = s_limit }).Minimize(problem.Objective, problem.Start));
                runs++;
                converged += r.IsConverged ? 1 : 0;
                minima += r.Verdict.Kind == CriticalPointKind.Minimum ? 1 : 0;
                Console.WriteLine(
                    $"| {problem.Name} | {name} | {r.Status} | {r.Value:G6} | {r.GradientNorm:G2} | {Cells.Evaluations(r.Counts)} + {r.Verdict.Counts.HessianVectorProducts} | {clock.Elapsed.TotalSeconds:F1} | "
                    + $"{Cells.Verdict(r.Verdict)} {Cells.Proof(r.Verdict)} | {bytes / (8.0 * problem.N):F0} |");
            }
        }
        Console.WriteLine($"\nOf {runs} runs {converged} converged, {minima} with verdict Minimum; the others ended at their limit and say so.");
    }
}
