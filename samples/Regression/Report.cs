using System.Globalization;
using AutoDiff.Optim;
using Spectre.Console;

namespace AutoDiff.Samples.Regression;

/// <summary>What the sample shows on the console.</summary>
internal static class Report
{
    // Where a fit is counted as solved, and as solved to nearly all that NIST certifies.
    private const int Solved = 6, Sharp = 9;

    /// <summary>A line for each fit.</summary>
    public static void Table(IEnumerable<Fit> fits)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(Column("set"));
        foreach (string heading in new[] { "steps", "r", "J", "b", "s.e.", "RSS" })
            table.AddColumn(Column(heading).RightAligned());
        table.AddColumn(Column("status")).AddColumn(Column("verdict"));
        foreach (Fit fit in fits)
        {
            OptimizationResult result = fit.Result;
            table.AddRow(
                $"{fit.Problem.Name} {fit.Start}", Whole(result.Iterations), Whole(result.Counts.Values), Whole(result.Counts.Gradients),
                Digits(fit.ParameterDigits), fit.IsExact ? "[grey]exact[/]" : Digits(fit.ErrorDigits), fit.IsExact ? "[grey]exact[/]"
                    : Digits(fit.SumDigits),
                result.IsConverged ? result.Status.ToString() : $"[red]{result.Status}[/]", result.Verdict.Kind.ToString());
        }
        AnsiConsole.MarkupLine(
            $"Sets and starts; steps tried, evaluations of r, Jacobians; digits that agree with the certified ones ({Fit.CertifiedDigits} at most): worst parameter b, worst standard error, residual sum of squares.");
        AnsiConsole.Write(table);
    }

    /// <summary>How many fits were solved; true if all were.</summary>
    public static bool Summary(Fit[] fits)
    {
        int solved = fits.Count(fit => fit.ParameterDigits >= Solved), sharp = fits.Count(fit => fit.ParameterDigits >= Sharp);
        AnsiConsole.MarkupLine(string.Create(CultureInfo.InvariantCulture,
            $"[bold]{solved} of {fits.Length}[/] fits have all parameters to {Solved} digits, [bold]{sharp}[/] to {Sharp}; {fits.Sum(fit => fit.Result.Counts.Values)} evaluations, {fits.Sum(fit => fit.Result.Counts.Gradients)} Jacobians."));
        return solved == fits.Length;
    }

    /// <summary>Parameters and statistics of a fit beside the certified ones.</summary>
    public static void Detail(Fit fit)
    {
        FitStatistics statistics = fit.Statistics;
        AnsiConsole.Write(new Rule($"{fit.Problem.Name}, start {fit.Start}").LeftJustified());
        Table table = new Table().Border(TableBorder.Simple).AddColumn("");
        foreach (string heading in new[] { "fitted", "certified", "digits" })
            table.AddColumn(Column(heading).RightAligned());
        double[] parameters = fit.Problem.CertifiedParameters(), deviations = fit.Problem.CertifiedStandardDeviations();
        for (int i = 0; i < parameters.Length; i++)
        {
            AddRow($"b{i + 1}", fit.Result.X[i], parameters[i]);
            AddRow("  s.e.", statistics.StandardErrors[i], deviations[i]);
        }
        AddRow("residual sum of squares", statistics.SumOfSquares, fit.Problem.ResidualSumOfSquares);
        AddRow("residual s.d.", statistics.ResidualStandardDeviation, fit.Problem.ResidualStandardDeviation);
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{statistics.Observations} observations, {statistics.DegreesOfFreedom} degrees of freedom, rank {statistics.Rank} of {statistics.Parameters}, condition {statistics.ConditionNumber:G3}"));
        AnsiConsole.WriteLine(fit.Result.ToString());

        void AddRow(string name, double fitted, double certified) =>
            table.AddRow(name, Scientific(fitted), Scientific(certified), Digits(Fit.Digits(fitted, certified)));
    }

    // As narrow as its contents, so that the table fits a plain terminal.
    private static TableColumn Column(string heading) => new TableColumn(heading).NoWrap().Padding(0, 0, 1, 0);

    private static string Digits(double digits) =>
        $"[{(digits >= Sharp ? "green" : digits >= Solved ? "yellow" : "red")}]{digits.ToString("F1", CultureInfo.InvariantCulture)}[/]";

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Scientific(double number) => number.ToString("0.0000000000e+0", CultureInfo.InvariantCulture);
}
