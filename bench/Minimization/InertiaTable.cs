using AutoDiff.Lambdas;
using AutoDiff.Optim;

namespace AutoDiff.Bench.Minimization;

/// <summary>Verdicts on points whose kind is known, by a factorization where the Hessian is small, and by Lanczos alone.</summary>
internal static class InertiaTable
{
    public static void Print()
    {
        Console.WriteLine($"Left: Hessians of up to 200 variables are formed (the default); right: never. {Cells.Legend}; prob.: with probability 0.999, num.: by a numerical search over directions.\n");
        Console.WriteLine("| point | n | truth, decided by order | λ_min | found | verdict | Hv | found | verdict | Hv |\n|---|---|---|---|---|---|---|---|---|---|");
        Tally formed = new("Formed up to 200 variables", 200), never = new("Never formed", 0);
        foreach (KnownInertia known in KnownInertia.All)
            Console.WriteLine($"| {known.Name} | {known.N} | {known.Kind}, {known.DecidingOrder} | {known.SmallestEigenvalue:G3} | {formed.Judge(known)} | {never.Judge(known)} |");
        formed.Print();
        never.Print();
    }

    private sealed class Tally(string what, int denseLimit)
    {
        private readonly List<string> _undecided = [];
        private int _right, _wrong;

        public string Judge(KnownInertia known)
        {
            // The points are rounded, so that their gradients do not vanish quite.
            CriticalPoint found = CriticalPoint.Classify(
                known.Objective, known.Point, new VerdictOptions { DenseLimit = denseLimit, GradientTolerance = 1e-6 });
            if (found.Kind == CriticalPointKind.Undecided)
                _undecided.Add($"{known.Name} ({Reason(known, found)})");
            else if (found.Kind.ToString() == known.Kind.ToString())
                _right++;
            else
                _wrong++;
            return $"{found.LowestEigenvalue:G4} ± {found.LowestEigenvalueError:G1} | {Cells.Verdict(found)} {Cells.Proof(found)} | {found.Counts.HessianVectorProducts}";
        }

        public void Print() =>
            Console.WriteLine($"\n{what}: of {KnownInertia.All.Count} points {_right} right, wrong: {_wrong}, undecided: {_undecided.Count}{(_undecided.Count > 0 ? $" — {string.Join("; ", _undecided)}" : "")}.");

        // Of a point that the Hessian decides, being undecided is excused while |λ_min| is below ten times the reported error.
        private static string Reason(KnownInertia known, CriticalPoint found)
        {
            if (known.DecidingOrder != 2)
                return known.DecidingOrder == 0 ? "no derivative decides" : $"order {known.DecidingOrder} decides";
            double ratio = Math.Abs(known.SmallestEigenvalue) / found.LowestEigenvalueError;
            return $"|λ_min| = {ratio:G2} × the error{(ratio >= 10 ? ", **not excused by it**" : "")}";
        }
    }
}
