using System.Globalization;
using AutoDiff.Optim;
using Spectre.Console;

namespace AutoDiff.Samples.Saddles;

/// <summary>Ways out of a saddle, side by side: how many steps until f is halfway down to the minimum, and what it cost to get to the
/// bottom.</summary>
internal static class EscapeComparison
{
    private const int MaxIterations = 3000, BatchSize = 20;

    public static Experiment Experiment { get; } =
        new("escape", "Ways out of a saddle: steps, evaluations and time, on small, large and data problems.", Run);

    private static void Run(Options options)
    {
        Compare(Problem.Quartic([0.1, 1e-6], "from (0.1, 1e-6), beside the ridge"), options);
        Compare(Problem.Quartic([0.1, 0], "from (0.1, 0), on the ridge exactly"), options);
        Compare(Problem.Large(options.Dimension, isExact: false), options);
        Compare(Problem.Large(options.Dimension, isExact: true), options);
        Compare(Problem.Rows(options.Seed), options);
        Show.Paragraph("""
            [bold]How to read it.[/] "Left" is the first step with f halfway down to the minimum; with mini-batches f is looked at once an epoch. Momentum and a
            higher rate multiply a slope that is there; on the ridge there is none, and only noise or a direction of negative curvature leads away. To converge
            is not to be at a minimum: a gradient of zero is what a saddle and a minimum have in common, and the verdict tells them apart. A gradient of
            a mini-batch counts as one, though it takes few of the rows. Evaluations and times include the verdict's; times are those of the second of two runs.
            """);
        AnsiConsole.WriteLine();
    }

    private static IEnumerable<(string Name, Minimizer Method)> Methods(Problem p)
    {
        double eta = p.LearningRate;
        yield return ("gradient descent", new GradientDescent { LearningRate = eta });
        yield return ("EMA momentum", new Momentum { LearningRate = eta });
        yield return ("heavy ball", new HeavyBall { LearningRate = eta });
        yield return ("Nesterov", new Nesterov { LearningRate = eta });
        yield return ("Adam", new Adam { LearningRate = eta });
        if (p.Function is DataObjective)
        {
            yield return ("GD, mini-batches", new GradientDescent { LearningRate = eta, Batches = new MiniBatches(BatchSize) });
            yield return ("EMA momentum, mini-batches", new Momentum { LearningRate = eta, Batches = new MiniBatches(BatchSize) });
        }
        yield return ("perturbed GD", new PerturbedGradientDescent { LearningRate = eta });
        yield return ($"GD, η × {p.Boost.ToString(CultureInfo.InvariantCulture)} near the saddle",
            new GradientDescent { LearningRate = eta, Schedule = new SaddleBoost { Factor = p.Boost } });
        yield return ("trust-region Newton", new TrustRegionNewton());
        yield return ("saddle-free Newton", new SaddleFreeNewton());
        yield return ("GD + verdict", new GradientDescent { LearningRate = eta, Certify = true });
        yield return ("trust-region Newton + verdict", new TrustRegionNewton { Certify = true });
    }

    private static void Compare(Problem problem, Options options)
    {
        AnsiConsole.Write(new Rule(Markup.Escape(problem.Title)).LeftJustified());
        Table table = new Table().Border(TableBorder.Simple).AddColumn("method");
        foreach (string column in (string[])["left", "steps", "f", "g", "Hv", "ms"])
            table.AddColumn(new TableColumn(column).RightAligned());
        table.AddColumn(new TableColumn("f − f*").RightAligned()).AddColumn("ended with");
        foreach ((string name, Minimizer method) in Methods(problem))
        {
            bool hasVerdict = name.EndsWith("verdict", StringComparison.Ordinal);
            Minimizer traced = method with { Certify = hasVerdict, Seed = options.Seed, MaxIterations = MaxIterations, KeepTrace = true };
            traced.Minimize(problem.Function, problem.Start);
            OptimizationResult result = traced.Minimize(problem.Function, problem.Start);
            int left = result.Trace.ToList().FindIndex(step => step.Value < problem.Left) + 1;
            Counts[] counts = [result.Counts, result.Verdict.Counts, .. result.Escapes.Select(escape => escape.Point.Counts)];
            string status = hasVerdict ? $"{result.Status}: {result.Verdict.Kind}" : $"{result.Status}";
            table.AddRow(Markup.Escape(name), left == 0 ? "[red]never[/]"
                : $"[green]{left}[/]", $"{result.Iterations}", $"{counts.Sum(c => c.Values)}", $"{counts.Sum(c => c.Gradients)}",
                $"{counts.Sum(c => c.HessianVectorProducts)}",
                    result.Elapsed.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture),
                (result.Value - problem.MinimumValue).ToString("0.0e+00", CultureInfo.InvariantCulture), Markup.Escape(status));
        }
        AnsiConsole.Write(table);
    }
}
