using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Bench.Minimization;

/// <summary>Verdicts on points whose kind is known, by a factorization where the Hessian is small, and by Lanczos alone.</summary>
internal static class InertiaTable
{
    public static void Print()
    {
        Console.WriteLine("λ: the true lowest eigenvalue, and what was found ± its error. Verdict: m minimum, M maximum, s saddle, u undecided (d: degenerate); p: proven, n: by numbers, l: likely.\n");
        foreach ((string how, VerdictOptions options) in new[] { ("formed up to 200 variables, the default", new VerdictOptions()), ("never formed", new VerdictOptions { DenseLimit = 0 }) })
        {
            Console.WriteLine($"\n### Hessians {how}\n\n| point | n | truth (order) | λ_min | found | verdict | Hv |\n|---|---|---|---|---|---|---|");
            int wrong = 0, decided = 0;
            List<string> undecided = [];
            foreach (KnownInertia known in KnownInertia.All)
            {
                // The points are rounded, so that gradients are too.
                CriticalPoint found = CriticalPoint.Classify(known.Objective, known.Point, options with { GradientTolerance = 1e-6 });
                Console.WriteLine(
                    $"| {known.Name} | {known.N} | {known.Kind} ({known.DecidingOrder}) | {known.SmallestEigenvalue:G3} | {found.LowestEigenvalue:G6} ± {found.LowestEigenvalueError:G1} | "
                    + $"{Cells.Verdict(found)} {Cells.Proof(found)} | {found.Counts.HessianVectorProducts} |");
                if (found.Kind is CriticalPointKind.Undecided or CriticalPointKind.NotCritical)
                {
                    // "NotCritical" of a critical point would be wrong, not undecided.
                    wrong += found.Kind == CriticalPointKind.NotCritical ? 1 : 0;
                    double ratio = Math.Abs(known.SmallestEigenvalue) / (10 * found.LowestEigenvalueError);
                    string order = known.DecidingOrder switch { 0 => "no derivative decides", 2 => "", _ => $"order {known.DecidingOrder} decides" };
                    undecided.Add($"{known.Name}: |λ_min| is {ratio:G2} × ten times the error; {order}{(known.DecidingOrder is 2 && ratio >= 1 ? "**more than the error excuses**" : "")}");
                }
                else if (found.Kind.ToString() == known.Kind.ToString())
                    decided++;
                else
                    wrong++;
            }
            Console.WriteLine($"\n{KnownInertia.All.Count} points: {decided} right, wrong: {wrong}, undecided: {undecided.Count}.");
            foreach (string line in undecided)
                Console.WriteLine($"- {line}");
        }
    }
}
