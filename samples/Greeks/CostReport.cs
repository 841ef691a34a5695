using System.Diagnostics;
using System.Globalization;
using AutoDiff.Hvp;
using Spectre.Console;

namespace AutoDiff.Samples.Greeks;

/// <summary>What bumping gives, and what each way costs.</summary>
internal static class CostReport
{
    /// <summary>Gamma 1,1 by bumping, at several bumps: bias and spread on the payoff, bias and rounding on the conditional
    /// price.</summary>
    public static void Bumps(Objective[] naive, Objective[] smooth, double[] x, double exact)
    {
        AnsiConsole.Write(new Rule("Gamma 1,1 by bumping the first spot, the same random numbers on every side").LeftJustified());
        Table table = Report.Columns("bump", "payoff", "conditional price", "its relative error");
        foreach (double bump in new[] { 1e-1, 1e-2, 1e-3, 1e-4, 1e-6 })
        {
            Estimate kinked = Gamma(naive, bump), conditional = Gamma(smooth, bump);
            table.AddRow(string.Create(CultureInfo.InvariantCulture, $"{100 * bump:0.####} %"), Report.Text(kinked),
                Report.Text(conditional),
                string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(conditional.Mean / exact - 1):0.0e+00}"));
        }
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine(
            "A bump's bias falls with its square, until rounding takes over: the conditional price shows both, and the exact product has neither. On the payoff the noise grows as the bump shrinks, until hardly a path is left whose payoff has its kink within the bump.");

        Estimate Gamma(Objective[] batches, double bump) => Estimate.Of([.. batches.Select(batch => Bumping.Gamma(batch, x, bump))]);
    }

    /// <summary>Counts and times what all gammas, and all second derivatives, cost either way.</summary>
    public static void Times(Objective naive, Objective smooth, Market market)
    {
        int d = market.Assets;
        double[] x = market.Point;
        double value = Time(() => smooth.Value(x));
        AnsiConsole.Write(new Rule("Cost, on one batch").LeftJustified());
        Table table = Report.Columns("conditional price", "evaluations", "CPU ms", "values");
        Add("price", "1 value", value);
        Add($"and {2 * d} first derivatives", "1 gradient", Time(() => smooth.Gradient(x)));
        Add($"and {d * d} gammas, exact", $"1 gradient, {d} Hv", Time(() => Products(d)));
        Add($"or {4 * d * d} second derivatives", $"1 gradient, {2 * d} Hv", Time(() => Products(2 * d)));
        Add($"{d * d} gammas by bumping", $"{Bumping.Evaluations(d)} values", Time(() => Bumping.Gammas(smooth, x, d, 1e-3)));
        Add($"{4 * d * d} second derivatives", $"{Bumping.Evaluations(2 * d)} values", Time(() => Bumping.Gammas(smooth, x, 2 * d, 1e-3)));
        Add("the payoff's price", "1 value", Time(() => naive.Value(x)));
        AnsiConsole.Write(table);

        void Add(string what, string evaluations, double time) =>
            table.AddRow(what, evaluations, time.ToString("F2", CultureInfo.InvariantCulture),
                (time / value).ToString("F1", CultureInfo.InvariantCulture));

        void Products(int count)
        {
            double[] units = new double[count * x.Length], results = new double[count * x.Length];
            for (int i = 0; i < count; i++)
                units[i * x.Length + i] = 1;
            using LocalModel at = smooth.At(x);
            at.Hessian.ApplyMany(units, results, count);
        }
    }

    // Processor time, which other programs on the machine disturb least: the mean over a quarter of a second, after a warm-up.
    private static double Time(Action action)
    {
        Repeat(0.1);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        int runs = Repeat(0.25);
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / runs;

        int Repeat(double seconds)
        {
            int count = 0;
            for (long start = Stopwatch.GetTimestamp(); count == 0 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; count++)
                action();
            return count;
        }
    }
}
