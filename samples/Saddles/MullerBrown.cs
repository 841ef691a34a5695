using System.Globalization;
using AutoDiff.Optim;
using Spectre.Console;

namespace AutoDiff.Samples.Saddles;

/// <summary>A search for the saddles of the potential of Müller and Brown (Theor. Chim. Acta 53, 1979): the transition states between its
/// three minima, with the paths down from each.</summary>
internal static class MullerBrown
{
    private static readonly double[] s_height = [-200, -100, -170, 15], s_a = [-1, -1, -6.5, 0.7], s_b = [0, 0, 11, 0.6],
        s_c = [-10, -10, -6.5, 0.7];
    private static readonly double[] s_x = [1, 0, -0.5, -1], s_y = [0, 0.5, 1.5, 1];
    private static readonly double[][] s_starts = [[-0.1, 0.5], [0.6, 0.1], [-0.7, 0.7], [0, 0.4]];

    public static Experiment Experiment { get; } =
        new("transition", "Transition states of the Müller–Brown potential, from its minima uphill.", Run);

    private static Objective Energy { get; } = Objective.Of(p =>
    {
        Var energy = 0;
        for (int k = 0; k < s_height.Length; k++)
        {
            Var x = p[0] - s_x[k], y = p[1] - s_y[k];
            energy += s_height[k] * Math.Exp(s_a[k] * x * x + s_b[k] * x * y + s_c[k] * y * y);
        }
        return energy;
    });

    private static void Run(Options options)
    {
        AnsiConsole.Write(new Rule("Transition states of the Müller–Brown potential").LeftJustified());
        Table table = new Table().Border(TableBorder.Simple).AddColumn("start").AddColumn("method").AddColumn(
            new TableColumn("steps").RightAligned()).AddColumn(new TableColumn("Hv").RightAligned())
            .AddColumn("saddle").AddColumn(new TableColumn("energy").RightAligned()).AddColumn(
                new TableColumn("index").RightAligned()).AddColumn("downhill on either side");
        foreach (double[] start in s_starts)
        {
            foreach (SaddleSearchMethod method in Enum.GetValues<SaddleSearchMethod>())
            {
                OptimizationResult found =
                    new SaddleSearch { Method = method, Seed = options.Seed, MaxIterations = 1000 }.Find(Energy, start);
                string index = found.Verdict.Index?.ToString(CultureInfo.InvariantCulture) ?? "?";
                string sides = found.Verdict.Kind == CriticalPointKind.Saddle ? $"{Downhill(found, 1)}, {Downhill(found, -1)}"
                    : $"{found.Status}";
                table.AddRow(Point(start, "F1"), Name(method), $"{found.Iterations}",
                    $"{found.Counts.HessianVectorProducts}", Point(found.X, "F8"), found.Value.ToString("F8", CultureInfo.InvariantCulture),
                        index, sides);
            }
        }
        AnsiConsole.Write(table);
        Show.Paragraph("""
            Each search climbs along the softest direction and descends along the other, until the gradient vanishes and exactly one eigenvalue is negative; the verdict
            confirms the index. Going down from both sides of a saddle tells which two valleys it connects.
            """);
        AnsiConsole.WriteLine();
    }

    private static string Name(SaddleSearchMethod method) => method switch
    {
        SaddleSearchMethod.FlippedModes => "Newton, mode flipped",
        SaddleSearchMethod.GentlestAscent => "gentlest ascent",
        SaddleSearchMethod.EigenvectorFollowing => "eigenvector following",
        _ => "minimum mode, Hv alone",
    };

    private static string Downhill(OptimizationResult saddle, int side)
    {
        double[] beside = [.. saddle.X.Zip(saddle.Verdict.LowestDirection, (x, v) => x + side * 0.05 * v)];
        return Point(new TrustRegionNewton { InitialRadius = 0.05 }.Minimize(Energy, beside).X, "F3");
    }

    private static string Point(double[] x, string format) =>
        $"({x[0].ToString(format, CultureInfo.InvariantCulture)}, {x[1].ToString(format, CultureInfo.InvariantCulture)})";
}
