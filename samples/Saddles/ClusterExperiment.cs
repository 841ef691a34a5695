using System.Globalization;
using AutoDiff.Hvp;
using AutoDiff.Optim;
using Spectre.Console;

namespace AutoDiff.Samples.Saddles;

/// <summary>Transition states of seven atoms that attract one another by Lennard-Jones' potential, in Cartesian coordinates: from the
/// global minimum uphill along each soft mode, and down again on either side.</summary>
internal static class ClusterExperiment
{
    private const int Atoms = 7, Modes = 6;

    public static Experiment Experiment { get; } = new("cluster", "Transition states of a Lennard-Jones cluster of seven atoms.", Run);

    private static Objective Energy { get; } = Objective.Of(x =>
    {
        Var energy = 0;
        for (int i = 0; i < Atoms; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Var dx = x[3 * i] - x[3 * j], dy = x[3 * i + 1] - x[3 * j + 1], dz = x[3 * i + 2] - x[3 * j + 2];
                Var square = dx * dx + dy * dy + dz * dz, s = 1 / (square * square * square);
                energy += 4 * s * (s - 1);
            }
        }
        return energy;
    });

    private static void Run(Options options)
    {
        AnsiConsole.Write(new Rule("Seven atoms, E = Σ 4(r⁻¹² − r⁻⁶)").LeftJustified());
        OptimizationResult minimum = LowestMinimum(options.Seed);
        AnsiConsole.MarkupLineInterpolated($"The lowest of twenty minima: [bold]E = {Number(minimum.Value)}[/], {Kind(minimum)}.");
        using LocalModel model = Energy.At(minimum.X);
        ComplementOperator shape = Symmetry.RigidMotions(3).Complement(model.Hessian, minimum.X);
        EigenpairResult spectrum = Spectrum.Eigenpairs(shape, new EigenpairOptions { Count = Modes });

        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("mode").RightAligned());
        foreach (string column in (string[])["curvature", "steps", "Hv", "energy", "barrier"])
            table.AddColumn(new TableColumn(column).RightAligned());
        table.AddColumn("verdict").AddColumn("downhill on either side");
        for (int k = 0; k < spectrum.Pairs.Count; k++)
        {
            foreach (int side in (int[])[1, -1])
            {
                double[] mode = [.. spectrum.Pairs[k].Vector.Select(e => side * e)];
                OptimizationResult found =
                    new SaddleSearch { Method = SaddleSearchMethod.EigenvectorFollowing, Mode = mode, MaxIterations = 300 }.Find(
                    Energy, minimum.X);
                bool isSaddle = found.Verdict is { Kind: CriticalPointKind.Saddle, Index: 1 };
                table.AddRow(side > 0 ? $"+{k + 1}"
                    : $"−{k + 1}", spectrum.Pairs[k].Value.ToString("F2", CultureInfo.InvariantCulture), $"{found.Iterations}",
                    $"{found.Counts.HessianVectorProducts}", Number(found.Value), Number(found.Value - minimum.Value), isSaddle
                        ? Kind(found) : $"{found.Status}",
                    isSaddle ? $"{Number(Downhill(found, 1))}, {Number(Downhill(found, -1))}" : "");
            }
        }
        AnsiConsole.Write(table);
        Show.Paragraph("""
            The cluster can be moved and turned for nothing, so six eigenvalues are zero at every point of interest. The verdict leaves these motions out and counts
            the rest: a transition state has index 1 up to 6 rigid motions. Nothing had to be fixed or transformed for that.
            """);
        AnsiConsole.WriteLine();
    }

    private static OptimizationResult LowestMinimum(ulong seed)
    {
        Random random = new((int)seed);
        OptimizationResult? lowest = null;
        for (int start = 0; start < 20; start++)
        {
            double[] x = [.. Enumerable.Range(0, 3 * Atoms).Select(_ => 2.4 * random.NextDouble() - 1.2)];
            OptimizationResult result = new TrustRegionNewton().Minimize(Energy, x);
            if (result.Verdict.Kind == CriticalPointKind.Minimum && !(result.Value >= lowest?.Value))
                lowest = result;
        }
        return lowest!;
    }

    private static double Downhill(OptimizationResult saddle, int side)
    {
        double[] beside = [.. saddle.X.Zip(saddle.Verdict.LowestDirection, (x, v) => x + side * 0.05 * v)];
        return new TrustRegionNewton { InitialRadius = 0.05, Certify = false }.Minimize(Energy, beside).Value;
    }

    private static string Kind(OptimizationResult result)
    {
        CriticalPoint verdict = result.Verdict;
        string kind = verdict.Kind == CriticalPointKind.Saddle ? $"a saddle of index {verdict.Index}"
            : $"{verdict.Kind}".ToLowerInvariant();
        return verdict.ZeroModes > 0 ? $"{kind} up to {verdict.ZeroModes} {verdict.Motions}" : kind;
    }

    private static string Number(double x) => x.ToString("F6", CultureInfo.InvariantCulture);
}
