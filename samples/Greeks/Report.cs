using System.Globalization;
using Spectre.Console;

namespace AutoDiff.Samples.Greeks;

/// <summary>The Greeks on the console.</summary>
internal static class Report
{
    private const int ShownAssets = 5, MostDecimals = 12;

    // A standard error below this share of the mean is rounding: the price does not depend on the normals left.
    private const double Rounding = 1e-12;

    /// <summary>Sets exact derivatives of the payoff path by path against those of the conditional price, and returns the latter.</summary>
    public static GreekEstimates Trap(Objective[] naive, Objective[] smooth, Market market)
    {
        GreekEstimates wrong = GreekEstimates.Of(naive, market.Point), right = GreekEstimates.Of(smooth, market.Point);
        int d = market.Assets, pair = Math.Min(d, 2);
        AnsiConsole.Write(new Rule("The trap: exact derivatives of max(B − K, 0), path by path").LeftJustified());
        Table table = Columns(["", "price", "delta 1", .. Enumerable.Range(1, pair).Select(j => $"gamma 1,{j}")]);
        Add("path by path", wrong, "red");
        Add("conditional", right, "green");
        AnsiConsole.Write(table);

        double apart = Apart(wrong.Price, right.Price), largest = 0;
        for (int i = 0; i < d; i++)
        {
            apart = Math.Max(apart, Apart(wrong.Gradient[i], right.Gradient[i]));
            for (int j = 0; j < d; j++)
                largest = Math.Max(largest, Math.Abs(wrong.Hessian[i, j].Mean));
        }
        AnsiConsole.MarkupLine(string.Create(CultureInfo.InvariantCulture,
            $"In brackets: the standard error of the last digits. Price and deltas are at most {apart:F1} standard errors apart. But the payoff's largest gamma is [red]{largest}[/]: path by path it is piecewise linear in the spots, and all its curvature sits in a kink that no path meets. The conditional price integrates one normal in closed form given the others: no kink, and the same Hessian-vector products are right."));
        double fewer = wrong.Price.Error / right.Price.Error;
        if (HasSpread(right.Price))
            AnsiConsole.MarkupLine(
                string.Create(CultureInfo.InvariantCulture,
                $"For the same standard error of the price it takes {fewer * fewer:F0} times fewer paths."));
        return right;

        void Add(string name, GreekEstimates greeks, string colour) =>
            table.AddRow([name, Text(greeks.Price), Text(greeks.Gradient[0]),
                .. Enumerable.Range(0, pair).Select(j => $"[{colour}]{Text(greeks.Hessian[0, j])}[/]")]);

        static double Apart(Estimate noisy, Estimate other) =>
            noisy.Mean == other.Mean ? 0 : Math.Abs(noisy.Mean - other.Mean) / noisy.Error;
    }

    /// <summary>Deltas and vegas, and the second derivatives that are each asset's own.</summary>
    public static void FirstOrder(GreekEstimates greeks, Market market)
    {
        int d = market.Assets;
        AnsiConsole.Write(new Rule("Greeks of the basket, by exact gradients and Hessian-vector products").LeftJustified());
        Table table = Columns("asset", "spot", "vol", "delta", "vega", "volga", "vanna");
        for (int i = 0; i < Math.Min(d, ShownAssets); i++)
        {
            table.AddRow($"{i + 1}", market.Spots[i].ToString("F1", CultureInfo.InvariantCulture),
                market.Volatilities[i].ToString("P0", CultureInfo.InvariantCulture),
                Text(greeks.Gradient[i]), Text(greeks.Gradient[d + i]), Text(greeks.Hessian[d + i, d + i]), Text(greeks.Hessian[i, d + i]));
        }
        AnsiConsole.Write(table);
    }

    /// <summary>The matrix of gammas and cross-gammas.</summary>
    public static void Gammas(GreekEstimates greeks, int assets)
    {
        int shown = Math.Min(assets, ShownAssets);
        AnsiConsole.Write(new Rule(
            shown == assets ? "Gammas and cross-gammas × 1000"
            : $"Gammas and cross-gammas × 1000, the first {shown} of {assets} assets").LeftJustified());
        Table table = Columns(["", .. Enumerable.Range(1, shown).Select(i => i.ToString(CultureInfo.InvariantCulture))]);
        for (int i = 0; i < shown; i++)
            table.AddRow([$"{i + 1}",
                .. Enumerable.Range(0, shown).Select(
                j => Text(new Estimate(1000 * greeks.Hessian[i, j].Mean, 1000 * greeks.Hessian[i, j].Error)))]);
        AnsiConsole.Write(table);
    }

    /// <summary>Holds Monte Carlo Greeks to formulas written out by hand.</summary>
    public static void ClosedForms(Options options, Market market, NormalSample[] samples)
    {
        AnsiConsole.Write(new Rule("Against closed forms").LeftJustified());
        Table table = Columns("contract", "Greek", "Monte Carlo", "closed form", "difference");
        int batchPaths = options.Paths / Options.Batches;

        Market one = Market.Standard(1, 0, options.Rate);
        BasketCall single = new([1], options.Strike, options.Maturity, options.Rate);
        Compare(table, "Black–Scholes",
            GreekEstimates.Of([.. NormalSample.Draw(one, [1], batchPaths, Options.Batches, options.Seed).Select(single.Conditional)],
            one.Point),
            ClosedForm.BlackScholes(one.Spots[0], one.Volatilities[0], options.Strike, options.Maturity, options.Rate),
                [("delta", 0, null), ("vega", 1, null), ("gamma", 0, 0), ("volga", 1, 1), ("vanna", 0, 1)]);

        GeometricCall geometric = new(options.Assets, options.Strike, options.Maturity, options.Rate);
        List<(string, int, int?)> shown = [("delta 1", 0, null), ("gamma 1,1", 0, 0)];
        if (options.Assets > 1)
            shown.Add(("gamma 1,2", 0, 1));
        Compare(table, "geometric mean", GreekEstimates.Of([.. samples.Select(geometric.Conditional)], market.Point),
            ClosedForm.Geometric(market, options.Strike, options.Maturity), shown);

        Market two = Market.Standard(2, options.Correlation, options.Rate);
        BasketCall exchange = new([1, -1], 0, options.Maturity, options.Rate);
        Compare(table, "Margrabe",
            GreekEstimates.Of([.. NormalSample.Draw(two, [1, -1], batchPaths, Options.Batches, options.Seed).Select(exchange.Conditional)],
            two.Point),
            ClosedForm.Exchange(two, options.Maturity),
                [("delta 1", 0, null), ("delta 2", 1, null), ("gamma 1,1", 0, 0), ("gamma 1,2", 0, 1), ("gamma 2,2", 1, 1)]);
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine(
            "s.e.: standard errors; rel.: relative, where nothing random is left. The formulas are written out by hand: one asset; the geometric mean of the basket's assets; the option to exchange one asset for another.");
    }

    /// <summary>A table whose columns but the first are aligned to the right.</summary>
    public static Table Columns(params IEnumerable<string> names)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string name in names)
            table.AddColumn(table.Columns.Count == 0 ? new TableColumn(name).NoWrap() : new TableColumn(name).RightAligned().NoWrap());
        return table;
    }

    /// <summary>A mean, and in brackets its standard error in units of the last digit shown: 0.1148(12) is 0.1148 ± 0.0012.</summary>
    public static string Text(Estimate estimate)
    {
        if (!HasSpread(estimate))
            return estimate.Mean.ToString("G8", CultureInfo.InvariantCulture);
        int decimals = Math.Max(0, 1 - (int)Math.Floor(Math.Log10(estimate.Error)));
        return decimals > MostDecimals
            ? string.Create(CultureInfo.InvariantCulture, $"{estimate.Mean:0.00e+00} ± {estimate.Error:0.0e+00}")
            : string.Create(CultureInfo.InvariantCulture, $"{estimate.Mean.ToString($"F{decimals}", CultureInfo.InvariantCulture)}({estimate.Error * Math.Pow(10, decimals):F0})");
    }

    private static void Compare(
        Table table, string contract, GreekEstimates estimates, ClosedForm exact, IEnumerable<(string Name, int Row, int? Column)> greeks)
    {
        Row(contract, "price", estimates.Price, exact.Price);
        foreach ((string name, int row, int? column) in greeks)
        {
            if (column is int j)
                Row("", name, estimates.Hessian[row, j], exact.Hessian[row, j]);
            else
                Row("", name, estimates.Gradient[row], exact.Gradient[row]);
        }

        void Row(string label, string greek, Estimate estimate, double closed)
        {
            double difference = estimate.Mean - closed;
            table.AddRow(label, greek, Text(estimate), closed.ToString("G6", CultureInfo.InvariantCulture), difference == 0 ? "none"
                : HasSpread(estimate)
                ? string.Create(CultureInfo.InvariantCulture, $"{difference / estimate.Error:F1} s.e.")
                : string.Create(CultureInfo.InvariantCulture, $"{difference / closed:0.0e+00} rel."));
        }
    }

    private static bool HasSpread(Estimate estimate) => estimate.Error > Rounding * Math.Abs(estimate.Mean);
}
