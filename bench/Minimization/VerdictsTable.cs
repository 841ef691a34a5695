using System.Diagnostics;
using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Problems;

namespace AutoDiff.Bench.Minimization;

/// <summary>What verdicts cost beside the minimizations that they follow: gradients and products, and time.</summary>
internal static class VerdictsTable
{
    private static readonly (string Name, Minimizer Method)[] s_methods =
    [
        ("trust region", new TrustRegionNewton()), ("Newton", new Newton()), ("L-BFGS", new Lbfgs()),
            ("CG", new NonlinearConjugateGradient()),
    ];

    public static void Print()
    {
        Console.WriteLine("Run: gradients and products of the minimization. Verdict: its products, and its gradients. Allowed: what the verdict may take by default. Time: the verdict's beside the minimization's, both run once before.\n");
        Console.WriteLine($"| problem | method | run | allowed | verdict | ({Cells.Legend}) | time |\n|---|---|---|---|---|---|---|");
        Tally tally = new();
        foreach (MinimizationProblem problem in Problems())
        {
            foreach ((string name, Minimizer method) in s_methods)
                Row(problem.ToString(), name, method, problem.Objective, problem.Start, tally);
        }
        Tally many = new();
        foreach (LeastSquaresProblem problem in MoreGarbowHillstrom.All)
        {
            foreach ((_, Minimizer method) in s_methods)
                many.Add(method.Minimize(problem.Objective, problem.Start), problem.Start.Length);
        }
        Console.WriteLine($"\nOf these {tally}.\nMoré, Garbow and Hillstrom's 35 problems by the same methods: of {many}.");
    }

    private static IEnumerable<MinimizationProblem> Problems()
    {
        foreach (double condition in (double[])[1e2, 1e4])
        {
            foreach (int n in (int[])[500, 1000, 2000])
                yield return LargeProblems.ConvexQuadratic(n, condition) with { Name = $"quadratic, condition {condition:0e0}, n =" };
        }
        yield return new("Broyden 7/3, n =", GeneralizedBroyden(), [.. Enumerable.Repeat(-1.0, 100)], double.NaN);
        yield return new("Lennard-Jones 13, n =", LennardJonesLambda.Scalar(), LennardJones.Lattice(13), double.NaN);
        yield return new("Lennard-Jones 50, n =", LennardJonesLambda.Scalar(), LennardJones.Lattice(50), double.NaN);
        yield return LargeProblems.ExtendedRosenbrock(1000) with { Name = "extended Rosenbrock, n =" };
    }

    /// <summary>Σ|(3 − 2xᵢ)xᵢ − xᵢ₋₁ − xᵢ₊₁ + 1|^(7/3) (Toint 1978).</summary>
    private static Objective GeneralizedBroyden() => Objective.Of(x =>
    {
        Var sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            Var t = (3 - 2 * x[i]) * x[i] + 1;
            t -= i > 0 ? x[i - 1] : 0;
            t -= i + 1 < x.Length ? x[i + 1] : 0;
            sum += Math.Pow(Math.Abs(t), 7.0 / 3);
        }
        return sum;
    });

    private static void Row(string problem, string name, Minimizer method, Objective f, double[] start, Tally tally)
    {
        Minimizer bare = method with { Certify = false };
        bare.Minimize(f, start);
        OptimizationResult r = method.Minimize(f, start);
        double alone = Seconds(() => bare.Minimize(f, start)), whole = Seconds(() => method.Minimize(f, start));
        tally.Add(r, start.Length);
        CriticalPoint v = r.Verdict;
        Console.WriteLine($"| {problem} | {name} | {r.Counts.Gradients} + {r.Counts.HessianVectorProducts}{(r.IsConverged ? "" : $" {r.Status}")} | {Allowed(r, start.Length)} | "
            + $"{v.Counts.HessianVectorProducts} + {v.Counts.Gradients} | {Cells.Verdict(v)} {Cells.Proof(v)}{(v.ZeroModes > 0 ? $" up to {v.ZeroModes}" : "")} | {(whole - alone) / alone:F2} |");
        if (v.Kind == CriticalPointKind.Undecided)
            Console.Error.WriteLine($"{problem}, {name}: {v.Evidence}");
    }

    private static double Seconds(Func<OptimizationResult> run)
    {
        Stopwatch clock = Stopwatch.StartNew();
        run();
        return clock.Elapsed.TotalSeconds;
    }

    // As VerdictOptions.MaxProducts says.
    private static long Allowed(OptimizationResult r, int n)
    {
        long cost = r.Counts.Gradients + r.Counts.HessianVectorProducts;
        return Math.Max(cost, n <= VerdictOptions.Default.DenseLimit ? Math.Max(2 * n + 50, 50_000 / n) : 100);
    }

    private sealed class Tally
    {
        private int _runs, _converged, _within, _decided;

        public void Add(OptimizationResult r, int n)
        {
            _runs++;
            if (!r.IsConverged)
                return;
            _converged++;
            _within += r.Verdict.Counts.HessianVectorProducts + r.Verdict.Counts.Gradients <= Allowed(r, n) ? 1 : 0;
            _decided += r.Verdict.Kind is CriticalPointKind.Undecided ? 0 : 1;
        }

        public override string ToString() =>
            $"{_runs} runs {_converged} converged, {_within} of them with a verdict within its limit (gradients counted too), {_decided} decided";
    }
}
