using System.Diagnostics;
using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Bench.Minimization;

/// <summary>Chained problems in 100,000 variables: evaluations, time, and the memory that was allocated beside the recordings.</summary>
internal static class LargeTable
{
    private const int Dimension = 100_000;

    public static void Print()
    {
        (string Name, Minimizer Method)[] methods =
        [
            ("trust region, GLTR", new TrustRegionNewton()), ("cubic regularization", new CubicRegularization()), ("L-BFGS", new Lbfgs()), ("CG", new NonlinearConjugateGradient()),
        ];
        Console.WriteLine($"n = {Dimension}. Peak: the process's largest working set so far.\n\n| problem | method | status | f | ‖g‖ | f/g/Hv | s | verdict (Hv) | peak MB |\n|---|---|---|---|---|---|---|---|---|");
        foreach (MinimizationProblem problem in LargeProblems.All(Dimension))
        {
            foreach ((string name, Minimizer method) in methods)
            {
                Stopwatch clock = Stopwatch.StartNew();
                OptimizationResult r = (method with { TimeLimit = TimeSpan.FromMinutes(2), GradientTolerance = 1e-6 }).Minimize(problem.Objective, problem.Start);
                Console.WriteLine(
                    $"| {problem.Name} | {name} | {r.Status} | {r.Value:G9} | {r.GradientNorm:G3} | {r.Counts.Values}/{r.Counts.Gradients}/{r.Counts.HessianVectorProducts} | {clock.Elapsed.TotalSeconds:F1} | "
                    + $"{r.Verdict.Kind} ({r.Verdict.Counts.HessianVectorProducts}) | {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} |");
            }
        }
    }
}
