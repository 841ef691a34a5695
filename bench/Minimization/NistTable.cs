using AutoDiff.Lambdas;
using AutoDiff.Optim;
using AutoDiff.Problems;

namespace AutoDiff.Bench.Minimization;

/// <summary>NIST's 27 certified regressions from both starts, by Levenberg–Marquardt with its defaults.</summary>
internal static class NistTable
{
    private const double CertifiedDigits = 11;

    public static void Print()
    {
        Console.WriteLine($"Digits of the worst parameter (11 are certified); evaluations of r and of its Jacobian; the verdict ({Cells.Legend}).\n");
        Console.WriteLine("| set | parameters | data | start 1: digits | r/J | verdict | start 2: digits | r/J | verdict |\n|---|---|---|---|---|---|---|---|---|");
        List<double> all = [];
        int minima = 0;
        foreach (NistModel model in NistModel.All)
        {
            NistProblem problem = model.Problem;
            string row = $"| {problem.Name} | {problem.ParameterCount} | {problem.Response().Length} |";
            foreach (double[] start in (double[][])[problem.Start1(), problem.Start2()])
            {
                OptimizationResult fit = new LevenbergMarquardt().Minimize(model.Residuals, start);
                all.Add(Digits(fit.X, problem.CertifiedParameters()));
                minima += fit.Verdict.Kind == CriticalPointKind.Minimum ? 1 : 0;
                row += $" {all[^1]:F1} | {fit.Counts.Values}/{fit.Counts.Gradients} | {(fit.IsConverged ? "" : $"{fit.Status} ")}{Cells.Verdict(fit.Verdict)} |";
            }
            Console.WriteLine(row);
        }
        Console.WriteLine($"\nOf {all.Count} starts {all.Count(d => d >= 6)} end at six digits or more (asked: 50), {all.Count(d => d >= 9)} at nine or more (asked: 45), lowest {all.Min():F1}; {minima} with verdict Minimum.");
    }

    private static double Digits(double[] found, double[] certified) =>
        Enumerable.Range(0, certified.Length).Min(
            i => Math.Min(CertifiedDigits, -Math.Log10(Math.Abs(found[i] - certified[i]) / Math.Abs(certified[i]))));
}
