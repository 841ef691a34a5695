using System.Globalization;
using AutoDiff.Optim;
using Spectre.Console;

namespace AutoDiff.Samples.Saddles;

/// <summary>The first steps of first-order methods beside the saddle of x² − y², and of Newton's.</summary>
internal static class FirstSteps
{
    private const double LearningRate = 0.1, Beta = 0.9;
    private const int Steps = 40;

    public static Experiment Experiment { get; } =
        new("first-steps", "The first iterates on x² − y² from (0.1, 0.1), method by method.", Run);

    private static void Run(Options options)
    {
        AnsiConsole.Write(new Rule("f = x² − y² from (0.1, 0.1), η = 0.1, β = 0.9").LeftJustified());
        Table table = new Table().Border(TableBorder.Simple).AddColumn("method");
        foreach (string column in (string[])["k = 1", "k = 2", "k = 3"])
            table.AddColumn(new TableColumn(column).NoWrap());
        table.AddColumn(new TableColumn("f < −1 from k").RightAligned()).AddColumn(new TableColumn("y grows by").RightAligned());
        foreach ((string name, Minimizer method) in Methods())
        {
            List<double[]> iterates = Iterates(method, [0.1, 0.1]);
            int below = iterates.FindIndex(p => p[0] * p[0] - p[1] * p[1] < -1);
            table.AddRow(name, Point(iterates, 1), Point(iterates, 2), Point(iterates, 3), below < 0 ? "never"
                : $"{below}", iterates.Count > 3 ? Number(iterates[^1][1] / iterates[^2][1]) : "");
        }
        AnsiConsole.Write(table);
        Show.Paragraph("""
            [bold]What to see.[/] The momentum that averages, v ← βv + (1 − β)g, starts ten times as slowly as gradient descent and leaves this saddle [bold]later[/] than
            it does; the heavy ball, v ← βv + g, which sums, leaves it sooner. Both go by the name of momentum. A text that is widely copied gives
            (0.08, 0.12), (0.064, 0.144) as the averaging form's iterates and finds it faster than gradient descent: those numbers are gradient descent's own, as
            the first row shows. Nor is there a minimum at the end of the way: f falls without bound, and the library says so.
            """);
        AnsiConsole.MarkupLineInterpolated(
            $"Status of gradient descent, run on: [bold]{new GradientDescent { LearningRate = LearningRate }.Minimize(Objective.Of(Saddle), [0.1, 0.1]).Status}[/].");

        string stayed = string.Join(
            ", ", Methods().Where(m => Iterates(m.Method, [0.1, 0]).TrueForAll(p => p[1] == 0)).Select(m => m.Name));
        AnsiConsole.MarkupLineInterpolated(
            $"From (0.1, 0), on the ridge exactly, these never have another y than 0: [bold]{stayed}[/]. A slope of zero stays zero, however it is averaged.");
        AnsiConsole.WriteLine();
    }

    private static (string Name, Minimizer Method)[] Methods() =>
    [
        ("gradient descent", new GradientDescent { LearningRate = LearningRate }),
        ("EMA momentum", new Momentum { LearningRate = LearningRate, Beta = Beta }),
        ("heavy ball", new HeavyBall { LearningRate = LearningRate, Beta = Beta }),
        ("Nesterov", new Nesterov { LearningRate = LearningRate, Beta = Beta }),
        ("RMSProp", new RmsProp { LearningRate = LearningRate }),
        ("Adam", new Adam { LearningRate = LearningRate }),
        ("saddle-free Newton", new SaddleFreeNewton()),
        ("Newton", new Newton()),
    ];

    private static Var Saddle(VarVector x) => x[0] * x[0] - x[1] * x[1];

    // The objective writes down where it is asked. These methods go wherever they ask here, some of them asking twice.
    private static List<double[]> Iterates(Minimizer method, double[] start)
    {
        List<double[]> points = [];
        Objective f = Objective.Of(x =>
        {
            double[] point = [x[0].Value, x[1].Value];
            if (points.Count == 0 || !points[^1].AsSpan().SequenceEqual(point))
                points.Add(point);
            return Saddle(x);
        });
        (method with { MaxIterations = Steps, Certify = false, GradientTolerance = 0 }).Minimize(f, start);
        return points;
    }

    private static string Point(List<double[]> iterates, int k) =>
        k < iterates.Count ? $"({Number(iterates[k][0])}, {Number(iterates[k][1])})" : "stays";

    private static string Number(double x) =>
        x.ToString(x != 0 && Math.Abs(x) < 1e-6 ? "0.#e+0" : "0.#######", CultureInfo.InvariantCulture);
}
