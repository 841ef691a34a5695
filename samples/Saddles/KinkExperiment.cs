using System.Globalization;
using AutoDiff.Hvp;
using AutoDiff.Optim;
using Spectre.Console;

namespace AutoDiff.Samples.Saddles;

/// <summary>Points where f is not smooth: their kinks, the smooth pieces that meet there, and the verdict.</summary>
internal static class KinkExperiment
{
    private static readonly (string Text, Func<VarVector, Var> F)[] s_functions =
    [
        ("x² + y² + 10|xy|", v => v[0] * v[0] + v[1] * v[1] + 10 * Math.Abs(v[0] * v[1])),
        ("x² + y² − 10|xy|", v => v[0] * v[0] + v[1] * v[1] - 10 * Math.Abs(v[0] * v[1])),
        ("|y − x²| − ½x²", v => Math.Abs(v[1] - v[0] * v[0]) - 0.5 * v[0] * v[0]),
        ("max(y + 2x², −y − x²)", v => Math.Max(v[1] + 2 * v[0] * v[0], -v[1] - v[0] * v[0])),
        ("(x·relu(y) − 1)² + 0.01(x² + y²)", v => Math.Square(v[0] * Math.Relu(v[1]) - 1) + 0.01 * (v[0] * v[0] + v[1] * v[1])),
    ];

    public static Experiment Experiment { get; } = new("kinks", "Verdicts where f has kinks, by the smooth pieces that meet there.", Run);

    private static void Run(Options options)
    {
        AnsiConsole.Write(new Rule("Kinks at 0").LeftJustified());
        Table table = new Table().Border(TableBorder.Simple).AddColumn("f").AddColumn("nearest kink").AddColumn(
            new TableColumn("pieces").RightAligned())
            .AddColumn("their slopes at 0").AddColumn("verdict").AddColumn("a minimizer from 0 ends at");
        foreach ((string text, Func<VarVector, Var> lambda) in s_functions)
        {
            Objective f = Objective.Of(lambda);
            using LocalModel model = f.At([0, 0]);
            SelectionSet set = model.Selections(1e-9);
            CriticalPoint verdict = CriticalPoint.Classify(f, [0, 0]);
            OptimizationResult run = new TrustRegionNewton { Seed = options.Seed }.Minimize(f, [0, 0]);
            string slopes = string.Join(" ", set.Selections.Select(s => $"({Number(s.Gradient[0])}, {Number(s.Gradient[1])})").Distinct());
            table.AddRow(Markup.Escape(text), Markup.Escape($"{model.Kinks[0]}"), $"{set.Selections.Count}", slopes,
                $"{verdict.Kind}, {verdict.Proof}",
                $"{run.Status}, f = {run.Value.ToString("G4", CultureInfo.InvariantCulture)}");
        }
        AnsiConsole.Write(table);
        Show.Paragraph("""
            At a kink the gradient is one number by convention, and no Hessian says what the point is. The verdict looks at the smooth functions that meet there instead.
            The last line is a network of one dead unit: its gradient vanishes at 0, and still f falls from there.
            """);
        AnsiConsole.WriteLine();
    }

    private static string Number(double x) => x.ToString("0.##", CultureInfo.InvariantCulture);
}
