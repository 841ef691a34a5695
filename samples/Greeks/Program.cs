using System.Globalization;
using AutoDiff;
using AutoDiff.Samples.Greeks;
using Spectre.Console;

return Options.Invoke(args, options =>
{
    Market market = Market.Standard(options.Assets, options.Correlation, options.Rate);
    double[] weights = [.. Enumerable.Repeat(1.0 / options.Assets, options.Assets)];
    BasketCall call = new(weights, options.Strike, options.Maturity, options.Rate);
    NormalSample[] samples = NormalSample.Draw(market, weights, options.Paths / Options.Batches, Options.Batches, options.Seed);
    Objective[] naive = [.. samples.Select(call.PathByPath)], smooth = [.. samples.Select(call.Conditional)];
    AnsiConsole.MarkupLine(string.Create(CultureInfo.InvariantCulture,
        $"A call on the mean of [bold]{options.Assets} asset(s)[/]: strike {options.Strike}, {options.Maturity} year(s), correlation {options.Correlation}, rate {options.Rate}; {Options.Batches} batches of {options.Paths / Options.Batches} paths, seed {options.Seed}."));

    GreekEstimates greeks = Report.Trap(naive, smooth, market);
    Report.FirstOrder(greeks, market);
    Report.Gammas(greeks, market.Assets);
    Report.ClosedForms(options, market, samples);
    CostReport.Bumps(naive, smooth, market.Point, greeks.Hessian[0, 0].Mean);
    CostReport.Times(naive[0], smooth[0], market);
    return 0;
});
