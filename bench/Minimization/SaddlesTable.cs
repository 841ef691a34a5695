using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Bench.Minimization;

/// <summary>Starts that lead to a strict saddle: where scipy's minimizers end, by their own account, and where all of ours do.</summary>
internal static class SaddlesTable
{
    private static readonly string[] s_seven = ["BFGS", "L-BFGS-B", "CG", "Newton-CG", "trust-ncg", "trust-krylov", "trust-exact"];

    public static void Print()
    {
        Console.WriteLine("Default options. Where a run ended: f; \"saddle\" where the Hessian has a clearly negative eigenvalue and the gradient vanishes.\n");
        PrintScipy();
        PrintOurs();
    }

    private static void PrintScipy()
    {
        string[][] rows = [.. (Python.Run("scipy_saddles.py") ?? "").Split('\n').Skip(1).Select(line => line.Split('\t')).Where(
            cells => cells.Length == 11)];
        if (rows.Length == 0)
        {
            Console.WriteLine("scipy is not installed.");
            return;
        }
        PrintHead("scipy");
        foreach (IGrouping<string, string[]> method in rows.GroupBy(cells => cells[1]))
            Console.WriteLine($"| {method.Key} | {string.Join(" | ", method.Select(cells => $"{(cells[2] == "True" ? "success" : "failure")}{(cells[10] == "saddle" ? ", **saddle**" : "")}, f = {cells[3]}"))} |");
        string[][] wrong = [.. rows.Where(cells => cells[2] == "True" && cells[10] == "saddle")];
        Console.WriteLine($"\nscipy: {wrong.Length} of {rows.Length} runs ended \"success\" at a strict saddle; {wrong.Count(Seven)} of {rows.Count(Seven)} of {string.Join(", ", s_seven)}.\n");

        static bool Seven(string[] cells) => s_seven.Contains(cells[1]);
    }

    private static void PrintOurs()
    {
        PrintHead("AutoDiff.Optim");
        int runs = 0, minima = 0, limits = 0, honest = 0, wrong = 0;
        foreach (Minimizer method in All())
        {
            List<string> cells = [];
            foreach (MinimizationProblem problem in SaddleProblems.All)
            {
                OptimizationResult r = method.Minimize(problem.Objective, problem.Start);
                bool isMinimum = r.Verdict.Kind == CriticalPointKind.Minimum, isGlobal = Math.Abs(r.Value - problem.Minimum) <= 1e-8;
                runs++;
                minima += isMinimum && isGlobal ? 1 : 0;
                wrong += isMinimum && !isGlobal ? 1 : 0;
                limits += r.IsConverged ? 0 : 1;
                honest += r.IsConverged && !isMinimum ? 1 : 0;
                cells.Add($"{(r.IsConverged ? r.Verdict.Kind.ToString() : r.Status.ToString())}, f = {r.Value:G6}{(r.Escapes.Count > 0 ? $", left {r.Escapes.Count}" : "")}");
            }
            Console.WriteLine($"| {method.GetType().Name} | {string.Join(" | ", cells)} |");
        }
        Console.WriteLine($"\nAutoDiff.Optim: of {runs} runs {minima} ended at the smallest value with verdict Minimum, {wrong} with that verdict elsewhere, {honest} converged with another verdict, {limits} did not converge and say so.");
    }

    private static void PrintHead(string who) =>
        Console.WriteLine($"| {who} | {string.Join(" | ", SaddleProblems.All.Select(p => p.ToString()))} |\n|---|{string.Concat(Enumerable.Repeat("---|", SaddleProblems.All.Count))}");

    private static IEnumerable<Minimizer> All() => typeof(Minimizer).Assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Minimizer))).OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (Minimizer)Activator.CreateInstance(type)!);
}
