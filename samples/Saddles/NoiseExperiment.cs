using System.Globalization;
using AutoDiff.Optim;
using Spectre.Console;

namespace AutoDiff.Samples.Saddles;

/// <summary>What momentum makes of the noise of mini-batches.</summary>
internal static class NoiseExperiment
{
    private const int BatchSize = 20, Steps = 50, Runs = 400;

    public static Experiment Experiment { get; } =
        new("noise", "The noise of mini-batch gradients, and what an averaging momentum makes of it.", Run);

    private static void Run(Options options)
    {
        AnsiConsole.Write(new Rule("Gradient noise on the ridge, and after momentum").LeftJustified());
        Problem problem = Problem.Rows(options.Seed);
        DataObjective f = (DataObjective)problem.Function;
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string column in (string[])["β", "σ² of a batch", "accumulated, measured", "(1 − β)/(1 + β)·σ²·(1 − β²ᵏ)"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (double beta in (double[])[0, 0.5, 0.9, 0.99])
        {
            GradientNoise noise = GradientNoise.Measure(f, problem.Start, BatchSize, beta, Steps, Runs, options.Seed);
            table.AddRow(beta.ToString(CultureInfo.InvariantCulture), Number(noise.Variance),
                $"{Number(noise.AccumulatedVariance)} ± {Number(noise.AccumulatedVarianceError)}",
                Number(noise.PredictedAccumulatedVariance));
        }
        AnsiConsole.Write(table);
        Show.Paragraph(string.Create(CultureInfo.InvariantCulture, $"""
            {Runs} runs of k = {Steps} independent batches of {BatchSize} from {f.RowCount} rows. The average (1 − β)Σβᵏ⁻ⁱεᵢ carries [bold]less[/] noise than a single batch: an averaging momentum
            does not amplify the noise that leads off a saddle. It keeps its direction for longer, and that is what it has to offer there.
            """));
        AnsiConsole.WriteLine();
    }

    private static string Number(double x) => x.ToString("0.000e+00", CultureInfo.InvariantCulture);
}
