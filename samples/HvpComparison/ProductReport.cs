using System.Diagnostics;
using System.Globalization;
using AutoDiff.Hvp;
using Spectre.Console;
using Comparison = AutoDiff.Hvp.HvpComparison;

namespace AutoDiff.Samples.Digits;

/// <summary>Exact Hessian-vector products beside finite differences.</summary>
internal static class ProductReport
{
    /// <summary>Holds exact products against finite differences, in a random direction and along the gradient.</summary>
    public static void Show(Objective loss, double[] parameters, Random random)
    {
        double[] gradient = loss.Gradient(parameters);
        double[] direction = new double[parameters.Length];
        foreach (ref double component in direction.AsSpan())
            component = 2 * random.NextDouble() - 1;

        Show("a random direction", Comparison.Run(loss, parameters, direction));
        Show("the gradient's direction", Comparison.Run(loss, parameters, gradient));
        Curvature(loss, parameters, gradient);
        Timings(loss, parameters, direction);
    }

    private static void Show(string direction, Comparison comparison)
    {
        AnsiConsole.Write(new Rule($"Hv in {direction}").LeftJustified());
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("step h").RightAligned()).AddColumn(
            new TableColumn("relative error").RightAligned()).AddColumn("");
        foreach (HvpComparisonStep step in comparison.Steps.Where((step, i) => i % 2 == 0 || step.Step == comparison.BestStep))
        {
            string mark = step.Step == comparison.BestStep ? "[green]" : "[grey]";
            table.AddRow(Scientific(step.Step), Scientific(step.RelativeError), $"{mark}{Bar(step.RelativeError)}[/]");
        }
        AnsiConsole.Write(table);
        string colour = comparison.Verdict switch { HvpVerdict.Agree => "green", HvpVerdict.Disagree => "red", _ => "yellow" };
        AnsiConsole.MarkupLine($"[{colour} bold]{comparison.Verdict}[/]: {Markup.Escape(comparison.Reason)}");
        AnsiConsole.MarkupLine($"best difference off by {Scientific(comparison.RelativeError)} at h = {Scientific(comparison.BestStep)}; symmetry |uᵀHv − vᵀHu| {Scientific(comparison.Symmetry)}; Taylor remainder's slope {comparison.TaylorSlope.ToString("F2", CultureInfo.InvariantCulture)}");
    }

    private static void Curvature(Objective loss, double[] parameters, double[] gradient)
    {
        using LocalModel at = loss.At(parameters);
        double squared = Dot(gradient, gradient), curvature = Dot(gradient, at.Hessian.Apply(gradient)) / squared;
        AnsiConsole.Write(new Rule("Along the gradient").LeftJustified());
        AnsiConsole.MarkupLine($"‖∇f‖ = {Scientific(Math.Sqrt(squared))}, and d²f along the unit gradient is [bold]{Scientific(curvature)}[/]: descent gains {(curvature > 0 ? "less" : "more")} than the linear model says"
            + (curvature > 0 ? $"; the quadratic model is best at a step of {Scientific(1 / curvature)}." : "."));
    }

    private static void Timings(Objective loss, double[] parameters, double[] direction)
    {
        double[] result = new double[parameters.Length];
        using LocalModel at = loss.At(parameters);
        double value = Time(() => loss.Value(parameters)), gradient = Time(() => loss.Gradient(parameters, result));
        double more = Time(() => at.Hessian.Apply(direction, result)), whole = Time(() => loss.Hvp(parameters, direction, result));
        double difference = Time(() => FiniteDifference.Hvp(loss, parameters, direction));
        AnsiConsole.Write(new Rule("Time of one evaluation").LeftJustified());
        Table table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn(new TableColumn("ms").RightAligned()).AddColumn(
            new TableColumn("gradients").RightAligned());
        foreach ((string name, double time) in new[] { ("value", value), ("gradient", gradient), ("exact Hv, from nothing", whole),
            ("exact Hv, one more at the same point", more), ("Hv by central differences", difference) })
            table.AddRow(name, time.ToString("F3", CultureInfo.InvariantCulture),
                (time / gradient).ToString("F2", CultureInfo.InvariantCulture));
        AnsiConsole.Write(table);
    }

    // The shortest of the runs of a second's two thirds: what the code takes once it is compiled in full and nothing else disturbs it.
    private static double Time(Action action)
    {
        double shortest = double.PositiveInfinity;
        for (long end = Stopwatch.GetTimestamp() + 2 * Stopwatch.Frequency / 3; Stopwatch.GetTimestamp() < end;)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return shortest;
    }

    // Two characters a decade, from 1e-16 on.
    private static string Bar(double error) =>
        error > 0 && double.IsFinite(error) ? new string('█', Math.Clamp((int)Math.Round(2 * (16 + Math.Log10(error))), 0, 36)) : "";

    /// <summary>Three digits and an exponent.</summary>
    public static string Scientific(double number) => number.ToString("0.00e+00", CultureInfo.InvariantCulture);

    private static double Dot(double[] x, double[] y) => System.Numerics.Tensors.TensorPrimitives.Dot(x, y);
}
